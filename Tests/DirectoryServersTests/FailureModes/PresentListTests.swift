import Identity
import LatchkeyTesting
import Mirror
import Synchronizer
import Testing

/// ReOpenLDAP#70 and #71: servers have ended a refresh with success whose list of entries that are present was cut
/// off, or empty. Whoever believes the protocol removes everybody then.
@Suite("Failure mode 5: a list of those present that is not all of them")
struct PresentListTests {
    /// A mirror of 605 people, and a slapd that has forgotten what changed since: it names 604 present.
    private func withPresentPhase(_ body: (FaultyServer) async throws -> Void) async throws {
        try await withFaultyServer(FaultyServer.options(people: 600, sessionLog: nil)) { server in
            try await server.fillMirror()
            try await server.slapd.modify(
                "dn: \(server.slapd.person("alice"))\nchangetype: modify\nreplace: mail\nmail: new@example.com\n"
            )
            try await server.slapd.restart()
            try await body(server)
        }
    }

    @Test("failure mode 5: an empty one after success removes nobody, and what changed is there")
    func empty() async throws {
        try await withPresentPhase { server in
            server.proxy.inject(.losesPresentSets())
            try await server.follow { (follower) async throws in
                try await follower.held()
                #expect(try await follower.people() == 605)
                #expect(try await follower.mirror.user(login: "alice")?.email == "new@example.com")
                let status = await follower.engine.status()
                #expect(
                    status.problem == "608 removals are held in quarantine: 604 of 605 users, all below "
                        + "ou=people,dc=example,dc=com, would go within an hour, more than sync.holdRemovals allows; "
                        + "check the server, the base, the filter and the access rules, look at "
                        + "`latchkeyctl quarantine show 1`, then release or refuse them"
                )
                server.proxy.heal()
                let batch = try #require(status.held.batch)
                _ = try await follower.engine.refuse(batch)
                try await follower.live()
                #expect(try await follower.people() == 605)
            }
        }
    }

    @Test("failure mode 5: one of 256 of 604 ids removes nobody")
    func truncated() async throws {
        try await withPresentPhase { server in
            server.proxy.inject(.losesPresentSets(after: 1))
            try await server.follow { (follower) async throws in
                try await follower.held()
                #expect(try await follower.people() == 605)
            }
        }
    }

    @Test("failure mode 5: whole, it removes nobody and holds nobody")
    func whole() async throws {
        try await withPresentPhase { server in
            try await server.follow { (follower) async throws in
                try await follower.live()
                #expect(server.proxy.searches.contains { $0.cookie != nil })
                #expect(try await follower.people() == 605)
            }
        }
    }
}
