import Foundation
import LatchkeyTesting
import LocalAPI
import LocalClient
import Testing

@Suite("A restart of the daemon")
struct RestartTests {
    /// How a life ends.
    enum End: CaseIterable, Sendable { case stop, kill }

    private static func restart(_ daemon: DaemonFixture, _ end: End) async throws {
        switch end {
        case .stop: #expect(await daemon.stop() == 0)
        case .kill: await daemon.kill()
        }
        try await daemon.start()
    }

    @Test("a stop leaves no log of a database that the next start would have to read")
    func emptyLogs() async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd) { daemon in
                #expect(await daemon.stop() == 0)
                for name in ["mirror.sqlite", "vault.sqlite"] {
                    let log = "\(daemon.folder.state)/\(name)-wal"
                    let size = try? FileManager.default.attributesOfItem(atPath: log)[.size] as? Int
                    #expect(size ?? 0 == 0, "\(log)")
                }
            }
        }
    }

    @Test("keeps tokens, registrations, fresh proofs and the mirror", arguments: End.allCases)
    func keeps(end: End) async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd) { daemon in
                let portal = daemon.portal
                let token = try await portal.enrol("alice", address: "a.private@mail.example", number: "+12025550142")
                let reset = try await portal.resetToken("alice")
                let method = try #require(try await portal.current(reset).methods.first)
                try await portal.pass(method.id, token: reset)
                let registration = try await portal.registration(token)
                let users = try await daemon.document(ListDocument<UserDocument>.self, "users", "list").items

                try await Self.restart(daemon, end)
                #expect(try await portal.registration(token) == registration)
                #expect(try await portal.current(reset).gates == ResetDocument.Gates(required: 2, passed: 1))
                let after = try await daemon.document(ListDocument<UserDocument>.self, "users", "list").items
                #expect(after.map(\.id) == users.map(\.id) && after.map(\.roles) == users.map(\.roles))
                // The rest of the reset goes on in the new life, with the other method.
                let second = try #require(try await portal.current(reset).methods.last)
                try await portal.pass(second.id, token: reset)
                #expect(try await portal.setPassword("a new and longer one", token: reset).outcome == "applied")
                #expect(try await daemon.document(AuditVerificationDocument.self, "audit", "verify").intact)
            }
        }
    }

    @Test("keeps what was counted: wrong codes, and wrong passwords", arguments: End.allCases)
    func counts(end: End) async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd) { daemon in
                let portal = daemon.portal
                try await portal.enrol("alice", address: "a.private@mail.example", number: "+12025550142")
                let token = try await portal.resetToken("alice")
                let method = try #require(try await portal.current(token).methods.first)
                let before = daemon.spool.newest
                let challenge = try await portal.challenge(method.id, token: token)
                let code = try await daemon.spool.newestCode(after: before)
                let path = Routes.fill(Routes.Frontend.resetResponse, challenge.id)
                let wrong = AnswerRequest(code: "wrong")
                for _ in 0..<3 {
                    #expect(try await portal.problem("POST", path, token: token, wrong).status == 422)
                }
                let name = "nobody-at-all"
                while try await Self.signIn(name, portal) != 429 {}

                try await Self.restart(daemon, end)
                #expect(try await Self.signIn(name, portal) == 429)
                for _ in 0..<2 {
                    #expect(try await portal.problem("POST", path, token: token, wrong).status == 422)
                }
                let right = try await portal.problem("POST", path, token: token, AnswerRequest(code: code))
                #expect(right.status == 409 && right.code == "challenge-closed")
            }
        }
    }

    private static func signIn(_ login: String, _ portal: PortalClient) async throws -> Int {
        try await portal.problem("POST", Routes.Frontend.signIns, SignInRequest(login: login, password: "wrong")).status
    }

    @Test("meets a directory that changed meanwhile, and follows it")
    func catchesUp() async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd) { daemon in
                await daemon.kill()
                try await slapd.modify("dn: \(slapd.person("erin"))\nchangetype: delete")
                try await slapd.add(SlapdContent.person("frank", below: slapd.suffix))
                try await daemon.start()
                try await eventually("the mirror is the directory's") {
                    let logins = try await daemon.document(ListDocument<UserDocument>.self, "users", "list").items
                    return logins.map(\.login) == ["alice", "bob", "carol", "dave", "frank"]
                }
            }
        }
    }
}
