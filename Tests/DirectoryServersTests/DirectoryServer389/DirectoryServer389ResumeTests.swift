import DirectoryServers
import Identity
import LatchkeyTesting
import Mirror
import Synchronizer
import Testing

@Suite("Resuming on 389 Directory Server")
struct DirectoryServer389ResumeTests {
    @Test("a follower that comes back receives what changed and no more, and the deleted by their ids")
    func fewEntries() async throws {
        try await withDirectoryServer389 { server in
            let directory = DirectoryServer389UnderTest(server: server)
            try await directory.addPeople((0..<50).map { "p\($0)" })
            let first = try await Followed.refresh(directory.settings, from: [:])
            #expect(first.kinds[.users] == .presentPhase)
            #expect(first.logins.count == 55)
            try await directory.setMail("alice", "new@example.net")
            try await directory.addPerson("frank")
            let entry = try #require(try await server.search("(uid=p0)", ["nsUniqueId"]).first)
            let id = entry.first { $0.key.lowercased() == "nsuniqueid" }?.value.first
            let gone = try #require(id.flatMap { EntryID($0) })
            try await directory.deletePerson("p0")
            let delta = try await Followed.refresh(directory.settings, from: first.cookies)
            #expect(delta.kinds == [.users: .deletePhase, .roles: .deletePhase])
            #expect(delta.logins.sorted() == ["alice", "frank"])
            // The server tells a deletion to every search, whatever its base.
            #expect(Set(delta.removed) == [gone])
            let nothing = try await Followed.refresh(
                directory.settings,
                from: first.cookies.merging(delta.cookies) { $1 }
            )
            #expect(nothing.logins == [])
            #expect(nothing.removed == [])
        }
    }

    @Test("a cookie survives a restart of the server")
    func serverRestart() async throws {
        try await withDirectoryServer389 { server in
            let directory = DirectoryServer389UnderTest(server: server)
            let first = try await Followed.refresh(directory.settings, from: [:])
            try await directory.setMail("alice", "new@example.net")
            try await server.restart()
            let delta = try await Followed.refresh(directory.settings, from: first.cookies)
            #expect(delta.kinds[.users] == .deletePhase)
            #expect(delta.logins == ["alice"])
        }
    }
}
