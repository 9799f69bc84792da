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

    var sortedFaults: [Fault] { Self.sorted(faults) }
    var sortedWarnings: [Fault] { Self.sorted(warnings) }

    private func entry(_ path: String, _ place: Place?, _ text: String) -> Fault {
        Fault(file: file, line: place?.line ?? 0, column: place?.column ?? 0, path: path, text: text)
    }

    private static func sorted(_ faults: Set<Fault>) -> [Fault] {
        faults.sorted { ($0.line, $0.column, $0.path, $0.text) < ($1.line, $1.column, $1.path, $1.text) }
    }
}
