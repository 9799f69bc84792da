import DirectoryServers
import Identity
import LatchkeyTesting
import Mirror
import Synchronizer
import Testing

/// What servers do with cookies that they no longer understand. Bob is deleted while nobody
/// follows; whatever the server says to the cookie, the mirror is then as the directory is.
@Suite("A cookie that the server does not go on from")
struct CookieTests {
    private func expectRightContent(_ fault: LDAPFault) async throws {
        try await withFaultyServer { server in
            try await server.fillMirror()
            try await server.slapd.modify("dn: \(server.slapd.person("bob"))\nchangetype: delete\n")
            server.proxy.inject(fault)
            try await server.follow { (follower) async throws in
                try await eventually("bob is gone") {
                    try await follower.logins() == ["alice", "carol", "dave", "erin"]
                }
                try await follower.live()
                #expect(try await follower.roles("alice") == ["all", "staff"])
                #expect(await follower.engine.status().problem == nil)
                #expect(follower.warnings.all == [])
            }
            #expect(server.proxy.searches.contains { $0.cookie != nil })
            #expect(server.proxy.searches.last { $0.message.mentions(FaultyServer.people) && $0.isSync }?.cookie == nil)
        }
    }

    @Test("that is newer than a server restored from a backup: 53, and everything is read again")
    func restoredBackup() async throws {
        try await expectRightContent(.refusesCookies(with: 53, "consumer state is newer than provider!"))
    }

    @Test("that is too old: 4096, and everything is read again")
    func refreshRequired() async throws {
        try await expectRightContent(.refusesCookies(with: 4096, "sync cookie is stale"))
    }

    @Test("that the server ignores without a word: everything that it sends is compared, and who is gone goes")
    func ignored() async throws {
        try await withFaultyServer(FaultyServer.options(people: 20)) { server in
            try await server.fillMirror()
            try await server.slapd.modify("dn: \(server.slapd.person("bob"))\nchangetype: delete\n")
            server.proxy.inject(.ignoresCookies)
            try await server.follow { (follower) async throws in
                try await eventually("bob is gone") { try await follower.mirror.user(login: "bob") == nil }
                try await follower.live()
                #expect(try await follower.people() == 24)
            }
        }
    }

    @Test("that is good: a restart goes on from it, and reads what changed and no more")
    func good() async throws {
        try await withFaultyServer(FaultyServer.options(people: 20)) { server in
            try await server.fillMirror()
            let before = server.proxy.searches.count
            try await server.slapd.modify("dn: \(server.slapd.person("bob"))\nchangetype: delete\n")
            try await server.follow { (follower) async throws in
                try await eventually("bob is gone") { try await follower.mirror.user(login: "bob") == nil }
            }
            let asked = server.proxy.searches.dropFirst(before).filter { $0.message.mentions(FaultyServer.people) }
            #expect(asked.count == 1 && asked.first?.cookie != nil)
        }
    }

    @Test("that is refused, and the search without it too: the mirror keeps everybody, and status says so")
    func refusedWithout() async throws {
        try await withFaultyServer { server in
            try await server.fillMirror()
            server.proxy.inject(
                LDAPFault(onRequest: { request in
                    guard request.isSync, request.message.mentions(FaultyServer.people) else { return .pass }
                    return .answer(WireMessage.searchEnd(of: request.message.id, code: 53, diagnostic: "restored"))
                })
            )
            try await server.follow { (follower) async throws in
                let problem = try await follower.problem()
                #expect(
                    problem == "\(server.proxy.uri): not everything was read, so the mirror stays as it was: "
                        + "sync: unwillingToPerform (53): restored"
                )
                #expect(try await follower.people() == 5)
            }
        }
    }
}
