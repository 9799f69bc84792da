import Testing

@Suite("The references that concern registration and reset")
struct ReferenceTests {
    private static let standards = [
        "3.1.1.2", "3.1.3", "3.1.3.2", "4.1", "4.2.1.1", "4.2.1.2", "4.2.2", "4.6",
        "6.3.6", "6.3.8", "6.4.1", "6.4.2", "6.4.3", "6.5.1", "6.5.2", "6.5.4", "6.5.5", "6.6.1", "6.6.2", "6.6.3",
        "6.6.4",
    ]
    private static let failures = [
        "CVE-2026-18963", "CVE-2023-26481", "CVE-2023-49032", "CVE-2019-19844", "CVE-2021-29156", "CVE-2022-36413",
        "CVE-2026-103655", "CVE-2018-12421", "CVE-2026-73431", "CVE-2025-58434", "keycloak#26625", "ltb#165",
        "keycloak#12759", "privacyidea#1271", "push bombing", "PWM#526",
    ]

    /// Of the second half of the table, where the subjects begin so.
    private static let resets =
        (1...21).map { "\($0):" } + [
            "9b:", "3.1.1.2 length", "3.1.1.2 blocklist", "3.1.1.2 questions", "3.1.3", "3.1.3.2", "4.2.1.1", "4.2.1.2",
            "4.2.2", "4.6", "6.3.6", "6.3.8", "6.4.1", "6.4.2", "6.4.3", "6.4.6", "6.5.1", "6.5.2", "6.5.4", "6.5.5",
            "6.6.1", "6.6.2", "6.6.3", "6.6.4", "7.4.3",
        ]
    private static let cheatSheet = [
        "same message and time", "no change before a valid token", "random, hashed, once, expiring", "no Host header",
        "no referrer", "tell the person", "no automatic sign-in", "end sessions",
    ]

    @Test("have a test each, and the table of them names tests that exist")
    func table() throws {
        let table = try TestTable("Tests/References/README.md")
        #expect(try table.missing() == [], "no test is called so")
        for number in Self.standards {
            #expect(table.rows.contains { $0.subject == number && !$0.tests.isEmpty }, "\(number)")
        }
        for failure in Self.failures {
            #expect(table.rows.contains { $0.subject.contains(failure) && !$0.tests.isEmpty }, "\(failure)")
        }
        for reset in Self.resets {
            let subject = "Reset \(reset)"
            let rows = table.rows.filter {
                reset.hasSuffix(":") ? $0.subject.hasPrefix(subject) : $0.subject == subject
            }
            #expect(rows.count == 1 && rows.allSatisfy { !$0.tests.isEmpty }, "\(subject)")
        }
        for statement in Self.cheatSheet {
            #expect(table.rows.contains { $0.subject == statement && !$0.tests.isEmpty }, "\(statement)")
        }
    }
}
