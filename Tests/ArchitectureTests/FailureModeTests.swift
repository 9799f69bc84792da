import Foundation
import Testing

@Suite("The failure modes of the field")
struct FailureModeTests {
    private static let table = "Tests/DirectoryServersTests/FailureModes/README.md"

    /// The words in quotes, but for those that are no sentence.
    private func quoted(_ text: String) -> [String] {
        text.split(separator: "\n").filter { $0.hasPrefix("|") }.flatMap { line in
            line.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
                .filter { $0.offset % 2 == 1 }.map { String($0.element) }
        }
    }

    @Test("have a test each, and the table of them names tests that exist")
    func table() throws {
        let root = ProjectTree.root
        let table = try String(contentsOf: root.appending(path: Self.table), encoding: .utf8)
        let names = quoted(table)
        #expect(names.count > 60)
        let tests = try ProjectTree.files().filter(\.isTest).flatMap(\.lines).joined(separator: "\n")
        let missing = names.filter { !tests.contains("\"\($0)\"") }
        #expect(missing.isEmpty, "no test is called so")
        for mode in 1...15 { #expect(names.contains { $0.hasPrefix("failure mode \(mode): ") }, "mode \(mode)") }
    }
}
