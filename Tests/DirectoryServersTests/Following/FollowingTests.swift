import DirectoryServers
import Foundation
import Identity
import LatchkeyTesting
import Mirror
import Synchronizer
import Testing

@Suite("Following a real slapd")
struct FollowingTests {
    private func following(
        _ options: SlapdOptions = SlapdOptions(),
        _ body: (SlapdFixture, Follower) async throws -> Void
    ) async throws {
        try await withSlapd(options) { slapd in
            try await withFollower(.of(slapd), folder: mirrorFolder(slapd)) { (follower) async throws in
                try await follower.live()
                try await body(slapd, follower)
            }
        }
    }

    @Test("the first sync equals the directory, with nested and cyclic roles")
    func first() async throws {
        try await following { (_, follower) async throws in
            #expect(try await follower.logins() == ["alice", "bob", "carol", "dave", "erin"])
            #expect(try await follower.roles("alice") == ["all", "staff"])
            #expect(try await follower.roles("carol") == ["all"])
            #expect(try await follower.roles("dave") == ["ring-a", "ring-b"])
            #expect(try await follower.roles("erin") == [])
        }
    }

    @Test("adds, changes, locks and deletions arrive live")
    func live() async throws {
        try await following { (slapd, follower) async throws in
            try await slapd.add(SlapdContent.person("frank", below: slapd.suffix))
            try await eventually("frank is there") { try await follower.mirror.user(login: "frank") != nil }
            try await slapd.modify(
                "dn: \(slapd.person("frank"))\nchangetype: modify\nreplace: mail\nmail: new@example.net\n"
            )
            try await eventually("the change") {
                try await follower.mirror.user(login: "frank")?.email == "new@example.net"
            }
            for _ in 0..<4 { _ = try await slapd.bind(slapd.person("alice"), "wrong") }
            try await eventually("the lock") {
                try await follower.mirror.user(login: "alice")?.account.lock == .failedAttempts
            }
            let id = try #require(try await follower.mirror.user(login: "frank")?.id)
            try await slapd.modify("dn: \(slapd.person("frank"))\nchangetype: delete\n")
            try await eventually("the deletion") { try await follower.mirror.user(login: "frank") == nil }
            #expect(try await follower.mirror.user(id: id)?.account.state == .deleted)
        }
    }

    @Test("a member who joins or leaves a group gains or loses its roles")
    func members() async throws {
        try await following { (slapd, follower) async throws in
            let group = "dn: \(slapd.group("staff"))\nchangetype: modify\n"
            try await slapd.modify(group + "add: member\nmember: \(slapd.person("erin"))\n")
            try await eventually("erin is staff") { try await follower.roles("erin") == ["all", "staff"] }
            try await slapd.modify(group + "delete: member\nmember: \(slapd.person("erin"))\n")
            try await eventually("erin is not") { try await follower.roles("erin") == [] }
        }
    }

    @Test(
        "failure mode 8: a renamed person keeps the id, and the roles that the server leaves them",
        arguments: [true, false]
    )
    func rename(refint: Bool) async throws {
        try await following(.with { $0.hasReferentialIntegrity = refint }) { (slapd, follower) async throws in
            let before = try #require(try await follower.mirror.user(login: "alice"))
            try await slapd.modify(
                "dn: \(slapd.person("alice"))\nchangetype: modrdn\nnewrdn: uid=alicia\ndeleteoldrdn: 1\n"
            )
            let roles = refint ? ["all", "staff"] : []
            try await eventually("alicia with the roles that the server has") {
                try await follower.mirror.user(login: "alicia")?.roles == roles
            }
            #expect(try await follower.mirror.user(login: "alicia")?.id == before.id)
            #expect(try await follower.mirror.user(login: "alice") == nil)
        }
    }

    @Test("somebody who gets a used name is somebody else")
    func recreated() async throws {
        try await following { (slapd, follower) async throws in
            let before = try #require(try await follower.mirror.user(login: "erin")?.id)
            try await slapd.modify("dn: \(slapd.person("erin"))\nchangetype: delete\n")
            try await slapd.add(SlapdContent.person("erin", below: slapd.suffix))
            try await eventually("another erin") {
                let id = try await follower.mirror.user(login: "erin")?.id
                return id != nil && id != before
            }
        }
    }

    @Test("a restart resumes from the cookie, also when slapd forgot its session log", arguments: [false, true])
    func resume(serverRestarts: Bool) async throws {
        try await withSlapd { slapd in
            let folder = try mirrorFolder(slapd)
            let settings = try DirectorySettings.of(slapd)
            let generation = try await withFollower(settings, folder: folder) { (follower) async throws in
                try await follower.live()
                return follower.mirror.generation
            }
            try await slapd.modify("dn: \(slapd.person("bob"))\nchangetype: delete\n")
            try await slapd.add(SlapdContent.person("frank", below: slapd.suffix))
            if serverRestarts { try await slapd.restart() }
            try await withFollower(settings, folder: folder) { (follower) async throws in
                // What was there before is served before anything is asked of the server.
                #expect(follower.mirror.generation == generation)
                try await follower.live()
                #expect(try await follower.logins() == ["alice", "carol", "dave", "erin", "frank"])
                #expect(follower.warnings.all == [])
            }
        }
    }
}
