import DirectoryServers
import Identity
import LDAPClient
import LatchkeyTesting
import Mirror
import Synchronizer
import Testing

@testable import DirectoryServers

/// What would remove people on a 389 Directory Server if it were believed, and where the server refuses.
@Suite("Guards before a 389 Directory Server")
struct DirectoryServer389GuardTests {
    @Test("failure mode 4: people who may not be read any more are not removed, and status says what to check")
    func unreadable() async throws {
        try await withDirectoryServer389 { server in
            try await DirectoryServer389UnderTest(server: server).followed { (follower) async throws in
                try await server.modify(
                    "dn: ou=people,\(server.suffix)\nchangetype: modify\nadd: aci\n"
                        + "aci: (targetattr=\"*\")(version 3.0; acl \"hidden\"; deny (all) "
                        + "userdn=\"ldap:///\(server.service)\";)\n"
                )
                _ = try await follower.readAgain()
                try await follower.held()
                #expect(try await follower.logins() == ["alice", "bob", "carol", "dave", "erin"])
                #expect(
                    await follower.engine.status().problem
                        == "5 removals are held in quarantine: the directory shows none of the 5 users that the mirror "
                        + "holds; check the server, the base, the filter and the access rules, look at "
                        + "`latchkeyctl quarantine show 1`, then release or refuse them"
                )
            }
        }
    }

    @Test("ten searches that are followed are the server's limit: the next one is told so, and its mirror stays")
    func tooMany() async throws {
        try await withDirectoryServer389 { server in
            let directory = DirectoryServer389UnderTest(server: server)
            let settings = try directory.settings
            let folder = try directory.mirrorFolder()
            _ = try await directory.followed(in: folder) { $0.mirror.generation }
            let search = SearchRequest(base: settings.users.base, filter: settings.users.filter, attributes: ["uid"])
            var others: [SyncBatches.Iterator] = []
            let error = await #expect(throws: LDAPError.self) { () async throws in
                // Fewer where the first follower's have not ended yet. Each on a connection of its own.
                for _ in 0...10 {
                    let connection = try await ServiceConnector(settings: settings).connect()
                    let request = SyncSearchRequest(search: search, mode: .refreshAndPersist)
                    var other = try await connection.sync(request).makeAsyncIterator()
                    _ = try await other.next()
                    others.append(other)
                }
            }
            #expect(error?.code == .unwillingToPerform)
            try await withFollower(settings, folder: folder) { (follower) async throws in
                let problem = try await follower.problem()
                #expect(problem.contains("it allows ten at a time"), "\(problem)")
                #expect(try await follower.people() == 5)
                others = []
                await follower.engine.wake()
                try await follower.live()
            }
        }
    }
}
