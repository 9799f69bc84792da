import Foundation
import LatchkeyTesting
import LocalAPI
import LocalClient
import Testing

@Suite("Somebody whose entry leaves and returns, with a real daemon and slapd")
struct ReturnTests {
    private static func move(_ slapd: SlapdFixture, from unit: String, to other: String) async throws {
        try await slapd.modify(
            """
            dn: uid=alice,ou=\(unit),\(slapd.suffix)
            changetype: modrdn
            newrdn: uid=alice
            deleteoldrdn: 0
            newsuperior: ou=\(other),\(slapd.suffix)

            """
        )
    }

    private static func registrationActions(_ daemon: DaemonFixture) async throws -> [String] {
        try await daemon.document(ListDocument<AuditRecordDocument>.self, "audit", "list").items.map(\.action)
            .filter { ["registration.disabled", "registration.revived"].contains($0) }
    }

    @Test("is disabled at once and has everything back, also when the daemon was away", arguments: [false, true])
    func returns(isAway: Bool) async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd) { daemon in
                let token = try await daemon.portal.enrol("alice", address: "a@mail.example", number: "+12025550142")
                try await Self.move(slapd, from: "people", to: "services")
                try await eventually("the registration is disabled") {
                    try await Self.registrationActions(daemon) == ["registration.disabled"]
                }
                let gone = try await daemon.portal.send("GET", Routes.Frontend.registration, token: token)
                #expect(gone.status == 401)
                if isAway { await daemon.kill() }
                try await Self.move(slapd, from: "services", to: "people")
                if isAway { try await daemon.start() }
                try await eventually("the registration is revived") {
                    try await Self.registrationActions(daemon) == ["registration.disabled", "registration.revived"]
                }
                let reset = try await daemon.portal.provenReset("alice")
                #expect(try await daemon.portal.setPassword("a new and longer one", token: reset).outcome == "applied")
            }
        }
    }
}
