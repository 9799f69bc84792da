import DirectoryServers
import Foundation
import Identity
import LDAPClient
import LatchkeyTesting
import Mirror
import Synchronization
import Synchronizer
import Testing

@Suite("Faults while following a Samba domain controller")
struct ActiveDirectoryFaultTests {
    private let everybody = ["alice", "bob", "carol", "dave", "erin"]

    @Test("a restart resumes from the cookie without reading everything, also when the server was restarted")
    func resume() async throws {
        try await withSamba { samba in
            let folder = try mirrorFolder(samba)
            let settings = try DirectorySettings.of(samba)
            try await withFollower(settings, folder: folder) { try await $0.live() }
            try await samba.modify(SambaContent.delete(samba.person("bob")) + SambaContent.add("frank"))
            try await samba.restart()
            try await withFollower(settings, folder: folder) { (follower) async throws in
                try await follower.live()
                #expect(try await follower.logins() == ["alice", "carol", "dave", "erin", "frank"])
                #expect(follower.warnings.all == [])
            }
        }
    }

    @Test("a resumed feed names only what changed, and ends with a delete phase")
    func resumedEvents() async throws {
        try await withSamba { samba in
            let feed = DirectoryFeed(settings: try .of(samba))
            let first = Heard()
            try await feed.follow(from: [:], mode: .refreshOnly) { first.add($0) }
            #expect(first.logins == Set(everybody) && first.kinds == [.users: .presentPhase, .roles: .presentPhase])
            #expect(first.cookies[.users] == first.cookies[.roles])
            let idle = Heard()
            try await feed.follow(from: first.cookies, mode: .refreshOnly) { idle.add($0) }
            #expect(idle.logins.isEmpty && idle.kinds == [.users: .deletePhase, .roles: .deletePhase])
            try await samba.modify(SambaContent.replace("mail", "new@example.net", of: samba.person("carol")))
            let second = Heard()
            try await feed.follow(from: first.cookies, mode: .refreshOnly) { second.add($0) }
            #expect(second.logins == ["carol"])
        }
    }

    @Test("a cookie that means nothing, of another server or from the future is rejected", arguments: 0..<4)
    func cookies(_ number: Int) async throws {
        try await withSamba { samba in
            let feed = DirectoryFeed(settings: try .of(samba))
            let first = Heard()
            try await feed.follow(from: [:], mode: .refreshOnly) { first.add($0) }
            let good = try #require(first.cookies[.users]).bytes
            let head = "dirsync ".utf8.count
            var bad = good
            switch number {
            case 0: bad = Array("dirsync garbage".utf8)
            // The database's identifier.
            case 1: bad[head + 1] ^= 0xff
            // The change number's most significant byte.
            case 2: bad[head + 17] = 0x7f
            // Within DirSync's own cookie.
            default: bad = Array(good.prefix(head + 45))
            }
            let cookies = [SyncScope.users: SyncCookie(bytes: bad)]
            let error = await #expect(throws: FeedError.self) { () async throws in
                try await feed.follow(from: cookies, mode: .refreshOnly) { _ in }
            }
            #expect(error?.code == .cookieRejected)
        }
    }

    @Test("failure mode 1: a server that is killed in mid-refresh removes nobody, and a restart heals")
    func killed() async throws {
        try await withSamba { samba in
            let many = (0..<300).map { SambaContent.add("p\($0)") }.joined()
            try await samba.modify(many)
            try await withFollower(.of(samba), folder: mirrorFolder(samba)) { (follower) async throws in
                try await follower.live()
                let before = try await follower.mirror.counts().users
                #expect(before == 305)
                let run = await follower.engine.requestSync(full: true, dryRun: false)
                try await eventually("entries of the refresh arrive") {
                    let run = await follower.engine.syncRun(run.id, after: nil, wait: .zero)
                    return (run?.received ?? 0) > 0 || run?.isEnded ?? true
                }
                await samba.kill()
                _ = try await follower.problem()
                #expect(await follower.engine.freshness().state == .stale)
                #expect(try await follower.mirror.counts().users == before)
                try await samba.start()
                await follower.engine.wake()
                try await follower.live()
                #expect(try await follower.mirror.counts().users == before)
                try await samba.modify(SambaContent.delete(samba.person("p0")))
                try await eventually("it follows again") { try await follower.mirror.counts().users == before - 1 }
            }
        }
    }

    @Test("with persist, an account that would not see deletions is refused, and told what it lacks")
    func shortsighted() async throws {
        try await withSamba { samba in
            var settings = try DirectorySettings.of(samba, bindAs: samba.shortsighted)
            settings.follow = .persist
            try await withFollower(settings, folder: mirrorFolder(samba)) { (follower) async throws in
                #expect(try await follower.problem().contains("CN=Deleted Objects"))
                #expect(follower.mirror.generation == 0)
            }
        }
    }

    @Test("with persist, an account that may not replicate is refused, and told what it lacks")
    func unprivileged() async throws {
        try await withSamba { samba in
            let error = await #expect(throws: FeedError.self) {
                var settings = try DirectorySettings.of(samba, bindAs: samba.person("alice"))
                settings.follow = .persist
                try await DirectoryFeed(settings: settings).follow(from: [:], mode: .refreshOnly) { _ in }
            }
            #expect(error?.code == .unsupported)
            #expect(error?.detail.contains("Replicating Directory Changes") == true)
        }
    }
}

/// What a feed delivered.
private final class Heard: Sendable {
    private let events = Mutex<[FeedEvent]>([])

    func add(_ event: FeedEvent) { events.withLock { $0.append(event) } }

    var logins: Set<String> {
        var logins: Set<String> = []
        for case .upserts(let entries) in events.withLock({ $0 }) {
            for case .user(let user) in entries { logins.insert(user.login) }
        }
        return logins
    }

    var kinds: [SyncScope: RefreshKind] {
        var kinds: [SyncScope: RefreshKind] = [:]
        for case .refreshed(let scope, let kind) in events.withLock({ $0 }) { kinds[scope] = kind }
        return kinds
    }

    var cookies: [SyncScope: SyncCookie] {
        var cookies: [SyncScope: SyncCookie] = [:]
        for case .cookie(let scope, let cookie) in events.withLock({ $0 }) { cookies[scope] = cookie }
        return cookies
    }
}
