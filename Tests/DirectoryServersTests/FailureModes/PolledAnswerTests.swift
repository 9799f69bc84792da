import DirectoryServers
import Identity
import LDAPClient
import LatchkeyTesting
import Mirror
import Synchronizer
import Testing

/// Pages of a search are no snapshot (RFC 2696): who is renamed or changed between two pages may be in none of them.
@Suite("An answer that somebody is missing from, while the server is polled")
struct PolledAnswerTests {
    private static let rhythm = PollingRhythm(interval: .milliseconds(20), questionsPerAudit: 2)

    @Test("who is missing from one answer and found by the id stays, and who is gone goes")
    func missing() async throws {
        try await withFaultyServer(.with { $0.hasContentSync = false }) { server in
            let entry = try await server.slapd.search("(uid=bob)", ["entryUUID"]).first
            let id = try #require(entry?["entryUUID"]?.first)
            let rhythm = Self.rhythm
            try await withFollower(server.settings, folder: server.folder, rhythm: rhythm) { (follower) async throws in
                try await follower.current()
                // Only the question for the id finds him.
                server.proxy.inject(
                    LDAPFault(onAnswer: { answer in
                        let isHim = answer.message.isEntry && answer.message.mentions("uid=bob,")
                        return isHim && !answer.request.message.mentions(id) ? .replace([]) : .pass
                    })
                )
                let asked = server.proxy.searches.count
                try await eventually("he is asked for by his id") {
                    server.proxy.searches.dropFirst(asked).contains { $0.message.mentions(id) }
                }
                try await server.slapd.modify("dn: \(server.slapd.person("carol"))\nchangetype: delete\n")
                try await eventually("carol is gone") { try await follower.mirror.user(login: "carol") == nil }
                #expect(try await follower.logins() == ["alice", "bob", "dave", "erin"])
            }
        }
    }

    @Test("failure mode 4: empty answers that are called a success remove nobody")
    func empty() async throws {
        try await withFaultyServer(.with { $0.hasContentSync = false }) { server in
            let rhythm = Self.rhythm
            try await withFollower(server.settings, folder: server.folder, rhythm: rhythm) { (follower) async throws in
                try await follower.current()
                server.proxy.inject(.hides(FaultyServer.people))
                try await follower.held()
                #expect(try await follower.people() == 5)
                let problem = await follower.engine.status().problem ?? ""
                #expect(problem.contains("the directory shows none of the 5 users that the mirror holds"), "\(problem)")
            }
        }
    }
}
