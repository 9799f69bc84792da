import LatchkeyTesting
import LocalAPI
import Testing

/// Two slapds whose people differ.
@Suite("Who is meant in another directory")
struct LinkedMatchTests {
    private static let password = LinkedScene.newPassword

    private func with(
        _ change: (SlapdFixture) async throws -> Void,
        match: String = "uid",
        _ body: (SlapdFixture, DaemonFixture) async throws -> Void
    ) async throws {
        try await withSlapd { first in
            try await withSlapd { second in
                try await change(second)
                let options = DaemonOptions.with {
                    $0.policies = "  - { name: all, methods: [email], register: { minimum: 1 }, reset: { gates: 1 } }"
                    $0.linked = [DaemonDirectory.Linked(name: "branch", DaemonDirectory(second), match: match)]
                }
                try await withDaemon(first, options) { daemon in
                    let token = try await daemon.portal.signIn("bob").token
                    try await daemon.portal.register("email", "bob.private@mail.example", token: token)
                    try await body(second, daemon)
                }
            }
        }
    }

    private func told(_ daemon: DaemonFixture) async throws -> String? {
        let outcome = try await daemon.portal.setPassword(Self.password, token: daemon.portal.provenReset("bob"))
        #expect(outcome.outcome == "applied")
        return LinkedScene.told(outcome.directories).last
    }

    @Test("who has no account there is written in the first alone, and missed nothing")
    func nobody() async throws {
        try await with { (second) async throws in
            try await second.modify("dn: \(second.person("bob"))\nchangetype: delete\n")
        } _: { (_, daemon) async throws in
            #expect(try await told(daemon) == "branch refused account-not-found")
            #expect(try daemon.spool.messages().allSatisfy { $0.subject?.contains("everywhere") != true })
        }
    }

    @Test("where several have the login, none of them is written")
    func several() async throws {
        try await with { (second) async throws in
            try await second.modify("dn: \(second.person("carol"))\nchangetype: modify\nadd: uid\nuid: bob\n")
        } _: { (second, daemon) async throws in
            #expect(try await told(daemon) == "branch refused account-ambiguous")
            for login in ["bob", "carol"] {
                #expect(try await second.bind(second.person(login), SlapdFixture.password) == 0)
            }
        }
    }

    @Test("the attribute that is named says who it is, and nothing else")
    func otherAttribute() async throws {
        try await with(
            { (second) async throws in
                let carol = "dn: \(second.person("carol"))\nchangetype: modify\n"
                try await second.modify("\(carol)add: employeeNumber\nemployeeNumber: bob\n")
            },
            match: "employeeNumber"
        ) { (second, daemon) async throws in
            #expect(try await told(daemon) == "branch applied")
            #expect(try await second.bind(second.person("carol"), Self.password) == 0)
            #expect(try await second.bind(second.person("bob"), SlapdFixture.password) == 0)
        }
    }

    @Test("doctor looks at both, and says what the second is there for")
    func examined() async throws {
        try await with({ _ in }) { (second, daemon) async throws in
            let doctor = try await daemon.runOnce("--doctor")
            #expect(doctor.status == 0, "\(doctor.output)")
            #expect(doctor.output.contains("\(second.uri): OpenLDAP; its accounts are written after the person's own"))
            await second.kill()
            let after = try await daemon.control("doctor")
            #expect(after.status == 1 && after.output.contains(second.uri))
        }
    }
}
