/// Collects what a pass over one file finds, so that all of it is told at once.
final class Findings {
    let file: String
    private var faults: Set<Fault> = []
    private var warnings: Set<Fault> = []

    init(file: String) { self.file = file }

    func fault(_ path: String, at place: Place?, _ text: String) {
        faults.insert(entry(path, place, text))
    }

    func warn(_ path: String, at place: Place?, _ text: String) {
        warnings.insert(entry(path, place, text))
    }

    /// What was found in a file that this one names.
    func take(_ other: Findings) {
        faults.formUnion(other.faults)
        warnings.formUnion(other.warnings)
    }

    var sortedFaults: [Fault] { Self.sorted(faults) }
    var sortedWarnings: [Fault] { Self.sorted(warnings) }

    private func entry(_ path: String, _ place: Place?, _ text: String) -> Fault {
        Fault(file: file, line: place?.line ?? 0, column: place?.column ?? 0, path: path, text: text)
    }

    private static func sorted(_ faults: Set<Fault>) -> [Fault] {
        faults.sorted { one, other in
            (one.file, one.line, one.column, one.path, one.text)
                < (other.file, other.line, other.column, other.path, other.text)
        }
    }
}
