import DaemonConfiguration
import Foundation
import SelfService
import Testing

@Suite("Policies that are not in force")
struct PolicyFileTests {
    private func read(_ text: String) throws -> PolicySet {
        let settings = try ConfigurationFile.parse(
            text: Sample.changing(2, to: "users: { base: \"dc=x\", mailNeedsPassword: [example.org] }"),
            name: "latchkey.yaml",
            names: FakeNames()
        )
        return try PolicyFile.read(text: text, name: "new.yaml", inForce: settings)
    }

    private func faults(_ text: String) -> [String] {
        do {
            _ = try read(text)
            return []
        } catch let error as ConfigurationError {
            return error.faults.map(\.description)
        } catch {
            return ["\(error)"]
        }
    }

    private static let policies =
        "policies: [ { name: new, methods: [email], register: { minimum: 2 }, reset: { gates: 1 } } ]\n"

    @Test("are enough alone: the rest is as it is in force")
    func alone() throws {
        let policy = try #require(try read(Self.policies).policies.first)
        #expect(policy.name == "new" && policy.register.minimum == 2)
        #expect(policy.mailNeedsPassword == ["example.org"])
    }

    @Test("bring what their file says of protected roles, mail and delivery")
    func whole() throws {
        let text =
            Self.policies + "protected: { roles: [admins] }\nusers: { base: \"dc=x\", mailNeedsPassword: [a.org] }\n"
        let set = try read(text)
        #expect(set.protectedRoles == ["admins"] && set.policies.first?.mailNeedsPassword == ["a.org"])
        let missing = Self.policies.replacing("[email]", with: "[email, {mobile-phone: [text]}]")
        #expect(faults(missing).first?.contains("mobile-phone needs delivery.text, which is missing") == true)
        #expect(
            faults(
                missing
                    + "demo: true\ndelivery: { email: { transport: spool, directory: /s }, text: { transport: spool, directory: /s } }\n"
            ) == []
        )
    }

    @Test("are refused with every fault and its line")
    func refused() {
        #expect(
            faults("polices: []\n") == [
                "new.yaml:1:1: polices: unknown key; did you mean 'policies'?",
                "new.yaml:1:1: policies: is missing; it is required",
            ]
        )
        #expect(faults("policies: [ { name: a } ]\n").contains { $0.hasPrefix("new.yaml:1:13: policies[0].methods") })
        #expect(faults(String(repeating: "#", count: ConfigurationFile.sizeMax + 1)).count == 1)
        #expect(!faults("").isEmpty)
    }

    @Test("the example services can be tried out", arguments: ExampleServiceTests.files)
    func examples(file: String) throws {
        let text = try String(contentsOf: Sample.repository.appending(path: file), encoding: .utf8)
        #expect(faults(text) == [])
    }
}
