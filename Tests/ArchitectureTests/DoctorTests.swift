import Foundation
import Testing

@Suite("What doctor looks at")
struct DoctorTests {
    private static let page = "etc/doctor.md"

    /// The checks by their case, with their names.
    private func checks() throws -> [(label: String, name: String)] {
        let file = try #require(ProjectTree.files().first { $0.path == "Sources/Synchronizer/Ports/Check.swift" })
        return file.lines.compactMap { line in
            let words = line.split(separator: " ")
            guard words.count == 4, words[0] == "case", words[2] == "=" else { return nil }
            return (String(words[1]), words[3].filter { $0 != "\"" })
        }
    }

    @Test("stands in a table of all checks and of no others, whose tests exist")
    func table() throws {
        let table = try TestTable(Self.page)
        let names = table.rows.map(\.subject).filter { $0.hasPrefix("`") }.map { $0.filter { $0 != "`" } }
        #expect(try names == checks().map(\.name))
        #expect(table.rows.dropFirst().allSatisfy { !$0.tests.isEmpty || $0.subject == "check" })
        #expect(try table.missing() == [], "no test is called so")
    }

    @Test("is provoked by a test that names the check")
    func provoked() throws {
        let tests = try ProjectTree.files().filter { $0.isTest && $0.path.contains("/Examination/") }
        let text = tests.flatMap(\.lines).joined(separator: "\n")
        let checks = try checks()
        #expect(checks.count > 20)
        for check in checks where !text.contains(".\(check.label)") {
            #expect(text.contains(check.name), "\(check.name) is in no test")
        }
    }

    @Test("says nothing that no test of an examination quotes")
    func quoted() throws {
        let files = try ProjectTree.files()
        let rule = SentenceRule(files)
        #expect(files.flatMap(rule.sentences).count > 150)
        let findings = files.flatMap(rule.findings)
        #expect(findings.isEmpty, "\(findings.map(\.description).joined(separator: "\n"))")
    }
}
