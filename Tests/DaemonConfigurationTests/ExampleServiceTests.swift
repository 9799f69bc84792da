import DaemonConfiguration
import Foundation
import LatchkeyTesting
import SelfService
import Testing

@Suite("The example services of etc/policies")
struct ExampleServiceTests {
    static let files = ["p1-university", "p2-wizard", "p4-enrolment", "p3-forgotten-password", "p5-cloud-suite"].map {
        "etc/policies/\($0).yaml"
    }

    private func settings(_ file: String) throws -> Settings {
        try ConfigurationFile.parse(text: try ExampleService(file).text, name: file, names: FakeNames())
    }

    @Test("each is accepted as it stands, but for secrets that only the unit has", arguments: files)
    func acceptedAsItStands(file: String) throws {
        let report = ConfigurationFile.check(
            path: Sample.repository.appending(path: file).path,
            environment: [:],
            names: FakeNames()
        )
        #expect(report.faults == [])
        #expect(report.notChecked.contains { $0.path == "vault.key" })
        #expect(try settings(file).policies.isEmpty == false)
    }

    @Test("every file of the folder is tested")
    func complete() throws {
        let folder = Sample.repository.appending(path: "etc/policies")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".yaml") }
        #expect(Set(names.map { "etc/policies/\($0)" }) == Set(Self.files))
    }

    @Test("P1: two of four, an approved list of questions, confirmed twice a year")
    func university() throws {
        let policy = try #require(try settings(Self.files[0]).policies.first)
        #expect(policy.methods.map(\.kind) == [.officePhone, .mobilePhone, .email, .securityQuestions])
        #expect(policy.register == RegistrationRequirement(minimum: 2))
        #expect(policy.resetGates == 2)
        let halfYear = 180.0 * 86400
        #expect(policy.reconfirmAfter == halfYear)
        #expect(policy.questions?.bank.count == 8)
        #expect(policy.trustDirectory.isEmpty)
    }

    @Test("P2: who has two-factor duty is offered neither email nor questions")
    func wizard() throws {
        let policies = PolicySet(policies: try settings(Self.files[1]).policies)
        let duty = try #require(policies.policy(forRoles: ["two-factor", "staff"]))
        #expect(!duty.allows(.email) && !duty.allows(.securityQuestions) && duty.allows(.authenticator))
        let others = try #require(policies.policy(forRoles: ["students"]))
        #expect(others.allows(.email) && others.allows(.securityQuestions))
        #expect(others.via(of: .mobilePhone) == [.text, .call])
    }

    @Test("P4: a phone and an address, or the app alone")
    func enrolment() throws {
        let policies = PolicySet(policies: try settings(Self.files[2]).policies)
        #expect(policies.policy(forRoles: ["authenticator"])?.methods.map(\.kind) == [.authenticator])
        let employees = try #require(policies.policy(forRoles: []))
        #expect(employees.methods.map(\.kind) == [.mobilePhone, .email])
        #expect(!employees.callsPressOnly)
    }
}
