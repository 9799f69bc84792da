import DirectoryServers
import Identity
import LatchkeyTesting
import Mirror
import Synchronizer
import Testing

/// What the server says once and nobody hears is found by reading everything again, and by nothing else.
@Suite("A message that is lost while the content is followed")
struct LostMessageTests {
    @Test("of somebody who came: the next reading of everything finds them, although the cookie went on")
    func added() async throws {
        try await withFaultyServer { server in
            try await server.follow { (follower) async throws in
                try await follower.live()
                server.proxy.inject(.losesLive("frank"))
                try await server.slapd.add(SlapdContent.person("frank", below: server.slapd.suffix))
                try await server.slapd.add(SlapdContent.person("grace", below: server.slapd.suffix))
                try await eventually("grace") { try await follower.mirror.user(login: "grace") != nil }
                #expect(try await follower.mirror.user(login: "frank") == nil)
                let run = try await follower.readAgain()
                #expect(run.summary?.added == 1)
                #expect(try await follower.mirror.user(login: "frank") != nil)
            }
        }
    }

    @Test("of somebody who went: the next reading of everything takes them away")
    func removed() async throws {
        try await withFaultyServer { server in
            try await server.follow { (follower) async throws in
                try await follower.live()
                server.proxy.inject(.losesLive("uid=bob"))
                try await server.slapd.modify("dn: \(server.slapd.person("bob"))\nchangetype: delete\n")
                try await server.slapd.add(SlapdContent.person("grace", below: server.slapd.suffix))
                try await eventually("grace") { try await follower.mirror.user(login: "grace") != nil }
                #expect(try await follower.mirror.user(login: "bob") != nil)
                let run = try await follower.readAgain()
                #expect(run.summary?.removed == 1)
                #expect(try await follower.mirror.user(login: "bob") == nil)
            }
        }
    }
}
