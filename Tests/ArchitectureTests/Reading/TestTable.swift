import Foundation

/// A page of tables whose quoted words are the names of tests.
struct TestTable {
    let rows: [Row]

    struct Row {
        /// The first cell.
        var subject: String
        var tests: [String]
    }

    /// - Parameter path: from the root of the project.
    init(_ path: String) throws {
        let text = try String(contentsOf: ProjectTree.root.appending(path: path), encoding: .utf8)
        rows = text.split(separator: "\n").filter { $0.hasPrefix("| ") }.map { line in
            let cells = line.split(separator: "|", maxSplits: 1)
            return Row(
                subject: cells.first.map { $0.trimmingCharacters(in: .whitespaces) } ?? "",
                tests: Self.quoted(line)
            )
        }
    }

    var names: [String] { rows.flatMap(\.tests) }

    /// Names that no test has, and no rule of a conformance suite.
    func missing() throws -> [String] {
        let files = try ProjectTree.files().filter { $0.isTest || $0.path.contains("Sources/LatchkeyTesting/") }
        let text = files.flatMap(\.lines).joined(separator: "\n")
        return names.filter { !text.contains("\"\($0)\"") }
    }

    private static func quoted(_ line: Substring) -> [String] {
        line.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset % 2 == 1 }.map { String($0.element) }
    }
}
