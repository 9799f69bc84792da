import Foundation
import Testing

@testable import DaemonConfiguration

@Suite("Departures from NIST SP 800-63B-4 and ASVS 5.0")
struct DepartureTests {
    struct Case: Sendable, CustomStringConvertible {
        let departure: Departure
        /// Line of the sample to replace, nil to add one; the line that departs, and one that does not.
        let line: Int?
        let departing: String
        let keeping: String

        var description: String { departure.numbers + " " + departing }
    }

    private static func policy(_ text: String, sections: String = "") -> String {
        "policies: [ { name: all, \(text) } ]\(sections)"
    }

    private static let two = "register: { minimum: 2 }, reset: { gates: 2 }"
    private static let bank = "questions: { register: 1, answer: 1, bank: [ { id: a, text: \"A?\" } ] }"
    private static let spool = """

        demo: true
        delivery:
          text: { transport: spool, directory: /s }
          voice: { transport: spool, directory: /s }
          email: { transport: spool, directory: /s }
        """

    static let cases: [Case] = [
        Case(
            departure: .securityQuestions,
            line: 3,
            departing: policy("methods: [email, authenticator, security-questions], \(bank), \(two)"),
            keeping: policy("methods: [email, authenticator], \(two)")
        ),
        Case(
            departure: .mailAlone,
            line: 3,
            departing: policy("methods: [email], register: { minimum: 2 }, reset: { gates: 1 }"),
            keeping: policy("methods: [email, authenticator], \(two)")
        ),
        Case(
            departure: .oneGate,
            line: 3,
            departing: policy("methods: [authenticator], register: { minimum: 2 }, reset: { gates: 1 }"),
            keeping: policy("methods: [authenticator, recovery-codes], \(two)")
        ),
        Case(
            departure: .phoneOnly,
            line: 3,
            departing: policy("methods: [email, mobile-phone], \(two)"),
            keeping: policy("methods: [email, mobile-phone, authenticator], \(two)")
        ),
        Case(
            departure: .pressOnly,
            line: 3,
            departing: policy("methods: [email, mobile-phone], \(two), voice: press-only"),
            keeping: policy("methods: [email, mobile-phone], \(two), voice: number")
        ),
        Case(
            departure: .oneAddress,
            line: 3,
            departing: policy("methods: [email], register: { minimum: 1 }, reset: { gates: 1 }"),
            keeping: policy("methods: [email], register: { minimum: 2 }, reset: { gates: 1 }")
        ),
        Case(
            departure: .trustedDirectory,
            line: 3,
            departing: policy("methods: [email, authenticator], \(two), trustDirectory: [email]"),
            keeping: policy("methods: [email, authenticator], \(two)")
        ),
        Case(
            departure: .longCodes,
            line: 3,
            departing: policy("methods: [email, mobile-phone], \(two)", sections: "\nsessions: { code: 11m }"),
            keeping: policy("methods: [email, mobile-phone], \(two)", sections: "\nsessions: { code: 10m }")
        ),
        Case(
            departure: .shortPasswords,
            line: nil,
            departing: "passwordRules: { minimumLength: 14 }",
            keeping: "passwordRules: { minimumLength: 15 }"
        ),
        Case(
            departure: .cappedPasswords,
            line: nil,
            departing: "passwordRules: { maximumLength: 63 }",
            keeping: "passwordRules: { maximumLength: 64 }"
        ),
        Case(
            departure: .composition,
            line: nil,
            departing: "passwordRules: { requireClasses: [lower, upper] }",
            keeping: "passwordRules: { minimumLength: 15 }"
        ),
        Case(
            departure: .disclosure,
            line: nil,
            departing: "frontends: [ { name: kiosk, user: kiosk, may: [reset, disclose] } ]",
            keeping: "frontends: [ { name: kiosk, user: kiosk, may: [reset] } ]"
        ),
    ]

    private func warnings(_ line: Int?, _ text: String) -> [String] {
        var sample = Sample.changing(line, to: text)
        if text.contains("mobile-phone") {
            sample = sample.split(separator: "\n").filter { !$0.hasPrefix("delivery:") }.joined(separator: "\n")
            sample += Self.spool + "\n"
        }
        return Sample.warnings(sample)
    }

    @Test("each is told with its numbers, and told no more once it is gone", arguments: cases)
    func told(test: Case) {
        let mark = "(\(test.departure.numbers)): "
        let others = Departure.allCases.filter { $0.numbers == test.departure.numbers }.count
        #expect(others == 1, "two departures with the same numbers cannot be told apart here")
        #expect(warnings(test.line, test.departing).contains { $0.contains(mark) })
        #expect(!warnings(test.line, test.keeping).contains { $0.contains(mark) })
    }

    @Test("a configuration without a blocklist is told so, one with a blocklist is not")
    func blocklist() throws {
        let folder = try Folder()
        let path = try folder.file("list", "password1\n", mode: 0o644)
        let mark = Departure.noBlocklist.numbers
        #expect(Sample.warnings(Sample.least).contains { $0.contains(mark) })
        let text = Sample.changing(to: "passwordRules: { blocklist: [\"\(path)\"] }")
        #expect(!Sample.warnings(text).contains { $0.contains(mark) })
    }

    @Test("every one has a case here")
    func complete() {
        #expect(Set(Self.cases.map(\.departure)).union([.noBlocklist]) == Set(Departure.allCases))
    }

    @Test("SECURITY.md lists every one by its numbers", arguments: Departure.allCases)
    func listed(departure: Departure) throws {
        let file = Sample.repository.appending(path: "SECURITY.md")
        let text = try String(contentsOf: file, encoding: .utf8)
        #expect(text.contains("| \(departure.numbers) |"))
    }

    @Test("warnings leave the exit code alone: the configuration is accepted")
    func accepted() {
        #expect(Sample.faults(Sample.changing(3, to: Self.cases[0].departing)) == [])
    }

    @Test("security questions for a protected role are a fault, whatever the case of its letters")
    func protectedRole() {
        let policy = Self.policy(
            "roles: [Domain-Admins], methods: [email, authenticator, security-questions], \(Self.bank), \(Self.two)"
        )
        let faults = Sample.faults(
            Sample.changing(3, to: policy + "\nprotected: { roles: [domain-admins] }")
        )
        #expect(faults.count == 1)
        #expect(faults.first?.contains("security-questions are refused for the protected role 'Domain-Admins'") == true)
        #expect(Sample.faults(Sample.changing(3, to: policy + "\nprotected: { roles: [others] }")) == [])
    }

    @Test("a policy for everybody that is weaker than one before it is told, with both names and in what")
    func weaker() {
        let staff =
            "{ name: staff, roles: [staff], methods: [authenticator, recovery-codes], \(Self.two), coolingOff: 24h }"
        let everybody =
            "{ name: everybody, methods: [email, authenticator], register: { minimum: 1 }, reset: { gates: 1 } }"
        let told = Sample.warnings(Sample.changing(3, to: "policies: [ \(staff), \(everybody) ]"))
        #expect(
            told.contains {
                $0.contains(
                    "policies[1]: 'everybody' matches everybody and is weaker than 'staff' (gates for a reset: 1 instead of 2; "
                        + "gates for an unlock: 1 instead of 2; methods to register: 1 instead of 2; also offers email; "
                        + "a shorter coolingOff): "
                )
            }
        )
        let same = staff.replacing("roles: [staff], ", with: "").replacing("name: staff", with: "name: all")
        let none = Sample.warnings(Sample.changing(3, to: "policies: [ \(staff), \(same) ]"))
        #expect(!none.contains { $0.contains("is weaker than") })
    }
}
