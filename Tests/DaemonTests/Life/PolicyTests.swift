import Foundation
import LatchkeyTesting
import LocalAPI
import Testing

@Suite("Policies, with a real slapd and the real daemon")
struct PolicyTests {
    @Test("who loses a role among too many at once keeps its policy until an administrator has released that")
    func quarantined() async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd) { daemon in
                _ = try await daemon.portal.enrol("alice", address: "a@mail.example", number: "+1 202 555 0142")
                let before = try await explanation(daemon)
                #expect(before.policy == "staff" && before.role == "staff" && before.doubt == nil)
                await daemon.stop()
                let groups = ["staff", "all", "ring-a", "ring-b"].map { "cn=\($0),ou=groups,\(slapd.options.suffix)" }
                try await slapd.modify(groups.map { "dn: \($0)\nchangetype: delete\n" }.joined(separator: "\n"))
                try await daemon.start()
                try await eventually("held") {
                    try await daemon.document(StatusDocument.self, "status").sync.state == "held"
                }
                #expect(try await daemon.portal.startReset("alice").gates.required == 2)
                let held = try await explanation(daemon)
                #expect(held.policy == "staff" && held.live && held.canReset)
                #expect(held.doubt == ExplanationDocument.Doubt(code: "held-role", roles: ["all", "staff"]))
                #expect(try await daemon.control("explain", "alice").output.contains("held in quarantine"))
                try await release(daemon)
                #expect(try await daemon.portal.startReset("alice").gates.required == 1)
                #expect(try await explanation(daemon).policy == "everybody")
            }
        }
    }

    private func explanation(_ daemon: DaemonFixture) async throws -> ExplanationDocument {
        try await daemon.document(ExplanationDocument.self, "explain", "alice")
    }

    private func release(_ daemon: DaemonFixture) async throws {
        let list = try await daemon.document(ListDocument<HeldBatchDocument>.self, "quarantine", "list")
        let batch = try #require(list.items.first)
        let done = try await daemon.control(
            [
                "quarantine", "release", "\(batch.id)", "--removals", "\(batch.removals)", "--reason", "they are gone",
            ]
        )
        #expect(done.status == 0, "\(done.errors)")
    }

    @Test("a simulation names who could no longer reset, tells faults with their lines, and changes nothing")
    func simulated() async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd) { daemon in
                _ = try await daemon.portal.enrol("alice", address: "a@mail.example", number: "+1 202 555 0142")
                let list = try await daemon.document(PolicyListDocument.self, "policy", "list")
                #expect(list.items.map(\.name) == ["staff", "everybody"] && list.items.map(\.people) == [2, 3])
                let text = """
                    policies:
                      - name: strict
                        methods: [email, authenticator]
                        register: { minimum: 2, strong: 1 }
                        reset: { gates: 2 }
                    """
                try daemon.folder.write(text, to: "new.yaml")
                let file = daemon.folder.path("new.yaml")
                let page = try await daemon.document(PolicySimulationDocument.self, "policy", "simulate", file)
                #expect(page.examined == 5 && page.next == nil)
                #expect(page.items.map(\.login) == ["alice"])
                #expect(
                    page.items.first?.changes == [
                        "loses-reset", "loses-unlock", "becomes-incomplete", "changes-policy",
                    ]
                )
                #expect(
                    page.items.first?.reasons.map(\.code)
                        == ["kind-not-offered", "methods", "strong-methods", "too-few-gates", "too-few-gates"]
                )
                let shown = try await daemon.control("policy", "simulate", file)
                #expect(shown.status == 0 && shown.output.contains("1 could no longer reset"))
                #expect(try await explanation(daemon).policy == "staff")
                try daemon.folder.write("policies: [ { name: x } ]\n", to: "wrong.yaml")
                let wrong = try await daemon.control("policy", "simulate", daemon.folder.path("wrong.yaml"))
                #expect(wrong.status == 1 && wrong.errors.contains("configuration:1:13: policies[0].methods"))
            }
        }
    }
}
