import DirectoryServers
import Identity
import LatchkeyTesting
import Mirror
import Synchronizer
import Testing

@Suite("sync.follow, on a real slapd")
struct FollowPreferenceTests {
    private let rhythm = PollingRhythm(interval: .milliseconds(20), questionsPerAudit: 2)

    private func settings(_ slapd: SlapdFixture, _ follow: FollowPreference) throws -> DirectorySettings {
        var settings = try DirectorySettings.of(slapd)
        settings.follow = follow
        return settings
    }

    @Test("poll asks a server that pushes, says so, and sees what changes and goes")
    func poll() async throws {
        try await withSlapd { slapd in
            let folder = try mirrorFolder(slapd)
            try await withFollower(settings(slapd, .poll), folder: folder, rhythm: rhythm) { (follower) async throws in
                try await follower.current()
                let status = await follower.engine.status()
                #expect(status.state == .polling)
                #expect(status.feed?.strategy == "polling")
                #expect(status.feed?.reason.contains("`sync.follow` is poll") == true)
                try await slapd.add(SlapdContent.person("frank", below: slapd.suffix))
                try await slapd.modify("dn: \(slapd.person("bob"))\nchangetype: delete\n")
                try await eventually("both changes") {
                    try await follower.logins() == ["alice", "carol", "dave", "erin", "frank"]
                }
            }
        }
    }

    @Test("persist follows a server that pushes, like auto", arguments: [FollowPreference.auto, .persist])
    func pushed(follow: FollowPreference) async throws {
        try await withSlapd { slapd in
            try await withFollower(settings(slapd, follow), folder: mirrorFolder(slapd)) { (follower) async throws in
                try await follower.live()
                let feed = await follower.engine.status().feed
                #expect(feed?.strategy == "content-sync")
                #expect(feed?.reason.contains("RFC 4533") == true)
            }
        }
    }

    @Test("persist asks nothing of a server that does not push, and status names what it lacks")
    func refused() async throws {
        try await withSlapd(.with { $0.hasContentSync = false }) { slapd in
            let follower = try Follower(settings(slapd, .persist), folder: mirrorFolder(slapd), rhythm: rhythm)
            follower.start()
            let problem = try await follower.problem()
            #expect(problem.contains("`sync.follow` is persist") && problem.contains("overlay syncprov"))
            #expect(follower.mirror.generation == 0)
            await follower.stop()
        }
    }

    @Test("a change of the preference reads everything again, and nobody is lost", arguments: [true, false])
    func changed(toPoll: Bool) async throws {
        try await withSlapd { slapd in
            let folder = try mirrorFolder(slapd)
            let (first, second): (FollowPreference, FollowPreference) = toPoll ? (.auto, .poll) : (.poll, .persist)
            let id = try await withFollower(settings(slapd, first), folder: folder, rhythm: rhythm) {
                (follower) async throws in
                try await follower.current()
                return try await follower.mirror.user(login: "alice")?.id
            }
            try await slapd.modify("dn: \(slapd.person("bob"))\nchangetype: delete\n")
            try await withFollower(settings(slapd, second), folder: folder, rhythm: rhythm) { (follower) async throws in
                try await follower.current()
                #expect(try await follower.logins() == ["alice", "carol", "dave", "erin"])
                #expect(try await follower.mirror.user(login: "alice")?.id == id)
                #expect(await follower.engine.status().feed?.isLive == !toPoll)
            }
        }
    }
}
