import DirectoryServers
import Identity
import LDAPClient
import LatchkeyTesting
import Mirror
import Synchronizer
import Testing

@Suite("Polling a Samba domain controller by change numbers, as an ordinary account")
struct ActiveDirectoryPollingTests {
    private let rhythm = PollingRhythm(interval: .milliseconds(20), questionsPerAudit: 10)
    /// Never comes to an audit within a test.
    private let questionsOnly = PollingRhythm(interval: .milliseconds(20), questionsPerAudit: 1_000_000)

    private func polling(
        _ rhythm: PollingRhythm,
        _ body: (SambaFixture, Follower) async throws -> Void
    ) async throws {
        try await withSamba { samba in
            let settings = try DirectorySettings.of(samba, bindAs: samba.person("alice"))
            try await withFollower(settings, folder: mirrorFolder(samba), rhythm: rhythm) {
                (follower) async throws in
                try await follower.current()
                try await body(samba, follower)
            }
        }
    }

    @Test("the first sync equals the directory, and status says why it polls and what to grant")
    func first() async throws {
        try await polling(rhythm) { (samba, follower) async throws in
            #expect(try await follower.logins() == ["alice", "bob", "carol", "dave", "erin"])
            #expect(try await follower.roles("alice") == ["all", "staff"])
            #expect(try await follower.roles("dave") == ["ring-a", "ring-b"])
            let status = await follower.engine.status()
            #expect(status.state == .polling && status.feed?.strategy == "usn-polling")
            #expect(status.feed?.reason.contains("Replicating Directory Changes") == true)
            #expect(follower.warnings.all == [])
        }
    }

    @Test("who may replicate and not see deletions is polled for as well, and told so")
    func shortsighted() async throws {
        try await withSamba { samba in
            let settings = try DirectorySettings.of(samba, bindAs: samba.shortsighted)
            try await withFollower(settings, folder: mirrorFolder(samba), rhythm: rhythm) { (follower) async throws in
                try await follower.current()
                let feed = await follower.engine.status().feed
                #expect(feed?.strategy == "usn-polling" && feed?.reason.contains("CN=Deleted Objects") == true)
            }
        }
    }

    @Test("sync.follow: poll asks even where DirSync is allowed")
    func asConfigured() async throws {
        try await withSamba { samba in
            var settings = try DirectorySettings.of(samba)
            settings.follow = .poll
            try await withFollower(settings, folder: mirrorFolder(samba), rhythm: rhythm) { (follower) async throws in
                try await follower.current()
                let feed = await follower.engine.status().feed
                #expect(feed?.strategy == "usn-polling" && feed?.reason.contains("`sync.follow` is poll") == true)
            }
        }
    }

    @Test("questions alone find adds, changes, locks, renames and memberships")
    func questions() async throws {
        try await polling(questionsOnly) { (samba, follower) async throws in
            let staff = samba.group("staff")
            try await samba.modify(
                SambaContent.add("frank") + SambaContent.replace("mail", "new@example.net", of: samba.person("carol"))
                    + SambaContent.addMember(samba.person("frank"), to: staff)
            )
            try await eventually("frank is staff") { try await follower.roles("frank") == ["all", "staff"] }
            try await eventually("carol's address") {
                try await follower.mirror.user(login: "carol")?.email == "new@example.net"
            }
            for _ in 0..<3 { try await samba.failToBind("erin") }
            try await eventually("the lock") {
                try await follower.mirror.user(login: "erin")?.account.lock == .failedAttempts
            }
            let id = try await follower.mirror.user(login: "bob")?.id
            try await samba.modify(SambaContent.rename(samba.person("bob"), to: "CN=robert"))
            try await eventually("robert keeps bob's roles") {
                let user = try await follower.mirror.user(login: "bob")
                return user?.dn == samba.person("robert") && user?.roles == ["all", "staff"] && user?.id == id
            }
            try await samba.modify(SambaContent.removeMember(samba.person("frank"), from: staff))
            try await eventually("frank is not staff") { try await follower.roles("frank") == [] }
        }
    }

    @Test("a unit that is renamed is noticed by a question, with those below it")
    func container() async throws {
        try await polling(questionsOnly) { (samba, follower) async throws in
            let sales = "OU=Sales,OU=Staff,\(samba.suffix)"
            try await samba.modify(
                SambaContent.add("gina", below: sales)
                    + SambaContent.addMember("CN=gina,\(sales)", to: samba.group("staff"))
            )
            try await eventually("gina is staff") { try await follower.roles("gina") == ["all", "staff"] }
            try await samba.modify(SambaContent.rename(sales, to: "OU=Trade"))
            try await eventually("gina is elsewhere, with her roles") {
                let gina = try await follower.mirror.user(login: "gina")
                return gina?.dn == "CN=gina,OU=Trade,OU=Staff,\(samba.suffix)" && gina?.roles == ["all", "staff"]
            }
        }
    }

    @Test("an audit finds who was deleted and who moved out, and nobody else is lost")
    func audit() async throws {
        try await polling(rhythm) { (samba, follower) async throws in
            let bob = try await follower.mirror.user(login: "bob")?.id
            try await samba.modify(
                SambaContent.delete(samba.person("erin"))
                    + SambaContent.rename(samba.person("bob"), to: "CN=bob", below: "OU=Elsewhere,\(samba.suffix)")
            )
            try await eventually("both are gone") { try await follower.logins() == ["alice", "carol", "dave"] }
            try await samba.modify(
                SambaContent.rename(
                    "CN=bob,OU=Elsewhere,\(samba.suffix)",
                    to: "CN=bob",
                    below: "OU=Staff,\(samba.suffix)"
                )
            )
            try await eventually("bob is back, with his roles") {
                try await follower.roles("bob") == ["all", "staff"]
            }
            #expect(try await follower.mirror.user(login: "bob")?.id == bob)
        }
    }

    @Test("a restart resumes: what changed, who is gone, and renamed units", arguments: [false, true])
    func resume(renamesUnit: Bool) async throws {
        try await withSamba { samba in
            let folder = try mirrorFolder(samba)
            let settings = try DirectorySettings.of(samba, bindAs: samba.person("alice"))
            try await samba.modify(SambaContent.add("gina", below: "OU=Sales,OU=Staff,\(samba.suffix)"))
            try await withFollower(settings, folder: folder, rhythm: rhythm) { try await $0.current() }
            try await samba.modify(SambaContent.delete(samba.person("bob")) + SambaContent.add("frank"))
            if renamesUnit {
                try await samba.modify(SambaContent.rename("OU=Sales,OU=Staff,\(samba.suffix)", to: "OU=Trade"))
            }
            try await samba.restart()
            try await withFollower(settings, folder: folder, rhythm: questionsOnly) { (follower) async throws in
                try await follower.current()
                #expect(try await follower.logins() == ["alice", "carol", "dave", "erin", "frank", "gina"])
                let unit = renamesUnit ? "Trade" : "Sales"
                #expect(try await follower.mirror.user(login: "gina")?.dn.contains("OU=\(unit),OU=Staff") == true)
                #expect(try await follower.roles("alice") == ["all", "staff"])
                #expect(follower.warnings.all == [])
            }
        }
    }

    @Test("a cookie that means nothing, of another database or from the future is rejected", arguments: 0..<3)
    func cookies(_ number: Int) async throws {
        try await withSamba { samba in
            let settings = try DirectorySettings.of(samba, bindAs: samba.person("alice"))
            let folder = try mirrorFolder(samba)
            try await withFollower(settings, folder: folder, rhythm: rhythm) { try await $0.current() }
            let store = try Follower(settings, folder: folder)
            var bad = try #require(try await store.mirror.state().cookies[.users]).bytes
            await store.stop()
            let head = "usn-polling ".utf8.count
            switch number {
            case 0: bad = Array("usn-polling garbage".utf8)
            // The database's identifier.
            case 1: bad[head + 1] ^= 0xff
            // The change number's most significant byte.
            default: bad[head + 17] = 0x7f
            }
            let cookie = SyncCookie(bytes: bad)
            let error = await #expect(throws: FeedError.self) { () async throws in
                try await DirectoryFeed(settings: settings)
                    .follow(from: [.users: cookie, .roles: cookie], mode: .refreshOnly) { _ in }
            }
            #expect(error?.code == .cookieRejected)
        }
    }
}
