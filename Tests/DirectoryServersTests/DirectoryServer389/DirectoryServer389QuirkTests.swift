import Foundation
import Identity
import LDAPClient
import LatchkeyTesting
import Mirror
import Synchronization
import Synchronizer
import Testing

@testable import DirectoryServers

/// What 389 Directory Server does otherwise.
@Suite("The quirks of 389 Directory Server")
struct DirectoryServer389QuirkTests {
    /// Runs a follower to the end of its first sync, changes the server while none runs, and then runs another.
    private func resuming(
        _ options: DirectoryServer389Options = DirectoryServer389Options(),
        _ change: (DirectoryServer389Fixture) async throws -> Void,
        _ body: (Follower) async throws -> Void
    ) async throws {
        try await withDirectoryServer389(options) { server in
            let directory = DirectoryServer389UnderTest(server: server)
            let folder = try directory.mirrorFolder()
            // So that the stored cookie is not the empty changelog's.
            try await directory.setMail("dave", "first@example.net")
            _ = try await directory.followed(in: folder) { $0.mirror.generation }
            try await change(server)
            try await directory.followed(in: folder, body)
        }
    }

    @Test("failure mode 6: refreshDeletes misread: the server calls a delta everything there is, and nobody is removed")
    func refreshDeletes() async throws {
        try await withDirectoryServer389 { server in
            let directory = DirectoryServer389UnderTest(server: server)
            let first = try await Followed.refresh(directory.settings, from: [:])
            try await directory.setMail("alice", "new@example.net")
            #expect(try await Self.rawDelta(directory.settings, from: first.plainCookie()) == false)
            let delta = try await Followed.refresh(directory.settings, from: first.cookies)
            #expect(delta.kinds[.users] == .deletePhase)
            #expect(delta.logins == ["alice"])
            #expect(delta.removed == [])
        }
    }

    /// What the server says at the end of a delta by refreshOnly.
    private static func rawDelta(_ settings: DirectorySettings, from cookie: [UInt8]) async throws -> Bool? {
        let connection = try await ServiceConnector(settings: settings).connect()
        let search = SearchRequest(
            base: settings.users.base,
            filter: settings.users.filter,
            attributes: ["uid", "cn", "mail", "telephoneNumber", "mobile", "preferredLanguage"]
        )
        var batches = try await connection.sync(SyncSearchRequest(search: search, mode: .refreshOnly, cookie: cookie))
            .makeAsyncIterator()
        var said: Bool?
        while let messages = try await batches.next() {
            for message in messages { if case .done(_, let refreshDeletes) = message { said = refreshDeletes } }
        }
        await connection.close()
        return said
    }

    @Test("a delta comes without operational attributes, and a lock is seen all the same")
    func lockInDelta() async throws {
        try await resuming { server in
            for _ in 0..<3 { _ = try await server.bind(server.person("alice"), "wrong") }
            try await server.modify(
                "dn: \(server.person("bob"))\nchangetype: modify\nreplace: nsAccountLock\nnsAccountLock: true\n"
            )
        } _: { (follower) async throws in
            #expect(try await follower.mirror.user(login: "alice")?.account.lock == .failedAttempts)
            #expect(try await follower.mirror.user(login: "bob")?.account.state == .disabled)
            #expect(try await follower.mirror.user(login: "carol")?.account.state == .active)
        }
    }

    @Test("a lock and an administrator's lock arrive live")
    func liveLocks() async throws {
        try await withDirectoryServer389 { server in
            try await DirectoryServer389UnderTest(server: server).followed { (follower) async throws in
                for _ in 0..<3 { _ = try await server.bind(server.person("alice"), "wrong") }
                try await eventually("the lock") {
                    try await follower.mirror.user(login: "alice")?.account.lock == .failedAttempts
                }
                let change = "dn: \(server.person("alice"))\nchangetype: modify\n"
                try await server.modify(change + "delete: accountUnlockTime\n")
                try await eventually("the end of the lock") {
                    try await follower.mirror.user(login: "alice")?.account.state == .active
                }
            }
        }
    }

    @Test("a trimmed changelog, whose deletions the server does not tell, leads to the right content")
    func trimmed() async throws {
        try await resuming { server in
            try await server.modify("dn: \(server.person("bob"))\nchangetype: delete\n")
            let numbers = try await server.search("(changeNumber=*)", ["changeNumber"], base: "cn=changelog")
                .compactMap { $0["changeNumber"]?.first }
            try await server.modify(
                "dn: \(server.person("carol"))\nchangetype: modify\nreplace: mail\nmail: a@b.example\n"
            )
            for number in numbers {
                try await server.modify("dn: changenumber=\(number),cn=changelog\nchangetype: delete\n")
            }
            try await server.restart()
        } _: { (follower) async throws in
            try await eventually("bob is gone") {
                try await follower.logins() == ["alice", "carol", "dave", "erin"]
            }
        }
    }

    @Test("a restored backup, whose changes end before ours, leads to the right content")
    func restored() async throws {
        try await withDirectoryServer389 { server in
            let directory = DirectoryServer389UnderTest(server: server)
            let folder = try directory.mirrorFolder()
            await server.stop()
            let backup = try server.backUp()
            try await server.start()
            try await directory.addPerson("frank")
            _ = try await directory.followed(in: folder) { $0.mirror.generation }
            await server.stop()
            try server.restore(backup)
            try await server.start()
            try await directory.followed(in: folder) { (follower) async throws in
                try await eventually("frank never was") { try await follower.mirror.user(login: "frank") == nil }
            }
        }
    }

    @Test("a changelog without nsUniqueId answers a cookie with nothing; what changed arrives all the same")
    func withoutUniqueIDs() async throws {
        try await resuming(.with { $0.namesUniqueIDs = false }) { server in
            try await server.modify("dn: \(server.person("bob"))\nchangetype: delete\n")
        } _: { (follower) async throws in
            try await eventually("bob is gone") {
                try await follower.logins() == ["alice", "carol", "dave", "erin"]
            }
        }
    }

    @Test("the server answers 4096 to a cookie of another bind name, and that asks for everything")
    func otherBindName() async throws {
        try await withDirectoryServer389 { server in
            let settings = try DirectorySettings.of(server)
            let first = try await Followed.refresh(settings, from: [:])
            let text = String(decoding: try #require(first.cookies[.users]).bytes, as: UTF8.self)
            let other = text.replacingOccurrences(of: "cn=latchkey", with: "cn=somebody")
            #expect(other != text)
            await #expect { () async throws in
                _ = try await Followed.refresh(settings, from: [.users: SyncCookie(bytes: Array(other.utf8))])
            } throws: { error in
                (error as? FeedError)?.code == .cookieRejected && "\(error)".contains("4096")
            }
        }
    }

    @Test("ids are nsUniqueId, as its text has it")
    func ids() async throws {
        try await withDirectoryServer389 { server in
            let text = try #require(try await server.search("(uid=alice)", ["nsUniqueId"]).first)
            let value = try #require(text.first { $0.key.lowercased() == "nsuniqueid" }?.value.first)
            try await DirectoryServer389UnderTest(server: server).followed { (follower) async throws in
                #expect(try await follower.mirror.user(login: "alice")?.id == EntryID(value))
            }
        }
    }

    @Test("without the plugin the server is polled, and status says what to turn on")
    func withoutPlugin() async throws {
        try await withDirectoryServer389(.with { $0.hasContentSync = false }) { server in
            try await DirectoryServer389UnderTest(server: server).followed { (follower) async throws in
                let status = await follower.engine.status()
                #expect(status.state == .polling)
                #expect(status.feed?.reason.contains("Content Synchronization") ?? false)
                try await server.modify("dn: \(server.person("bob"))\nchangetype: delete\n")
                try await eventually("bob is gone") {
                    try await follower.logins() == ["alice", "carol", "dave", "erin"]
                }
            }
        }
    }

    @Test("a group of unique names has its members, with and without bits after the name")
    func uniqueNames() async throws {
        try await withDirectoryServer389 { server in
            var settings = try DirectorySettings.of(server)
            settings.roles?.filter = try Filter("(objectClass=groupOfUniqueNames)")
            settings.roles?.member = "uniqueMember"
            let folder = server.directory.appendingPathComponent("mirror")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try await withFollower(settings, folder: folder) { (follower) async throws in
                try await follower.current()
                #expect(try await follower.roles("alice") == ["unique"])
                #expect(try await follower.roles("erin") == ["unique"])
                #expect(try await follower.roles("bob") == [])
            }
        }
    }
}
