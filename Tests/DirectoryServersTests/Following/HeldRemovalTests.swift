import DirectoryServers
import Foundation
import Identity
import LDAPClient
import LatchkeyTesting
import Mirror
import Synchronizer
import Testing

@Suite("Too many removals in a real slapd")
struct HeldRemovalTests {
    private static let suffix = "dc=example,dc=com"

    private func options(_ count: Int) -> SlapdOptions {
        let many = (0..<count).map { SlapdContent.person("p\($0)", below: Self.suffix) }
            .joined(separator: "\n")
            .replacingOccurrences(of: "ou=people", with: "ou=many,ou=people")
        let unit = "dn: ou=many,ou=people,\(Self.suffix)\nobjectClass: organizationalUnit\nou: many\n"
        return .with {
            $0.content =
                SlapdContent.people(below: Self.suffix, passwordHash: "{SSHA}x") + "\n" + unit + "\n" + many
        }
    }

    private func delete(_ dns: [String], from slapd: SlapdFixture) async throws {
        try await slapd.modify(dns.map { "dn: \($0)\nchangetype: delete\n" }.joined(separator: "\n"))
    }

    private func many(_ numbers: Range<Int>) -> [String] {
        numbers.map { "uid=p\($0),ou=many,ou=people,\(Self.suffix)" }
    }

    @Test("failure mode 4: an emptied directory removes nobody until an administrator releases it")
    func emptied() async throws {
        try await withSlapd { slapd in
            let folder = try mirrorFolder(slapd)
            let settings = try DirectorySettings.of(slapd)
            try await withFollower(settings, folder: folder) { try await $0.live() }
            let everybody = ["alice", "bob", "carol", "dave", "erin"]
            try await delete(everybody.map(slapd.person), from: slapd)
            try await withFollower(settings, folder: folder) { (follower) async throws in
                try await eventually("held") { await follower.engine.status().held.removals >= 5 }
                #expect(try await follower.logins() == everybody)
                #expect(await follower.engine.status().state == .held)
                #expect(await follower.engine.freshness().state == .live)
                let batch = try #require(try await follower.engine.batches().first)
                _ = try await follower.engine.release(batch.id, confirm: batch.removals)
                #expect(try await follower.logins() == [])
                try await follower.live()
            }
        }
    }

    @Test(
        "failure mode 4: a subtree that may not be read for a while removes nobody, and a refusal ends it when it is readable again"
    )
    func unreadable() async throws {
        try await withSlapd(options(60)) { slapd in
            try await withFollower(.of(slapd), folder: mirrorFolder(slapd)) { (follower) async throws in
                try await follower.live()
                let database = "dn: olcDatabase={1}mdb,cn=config\nchangetype: modify\n"
                let rule = "{0}to dn.subtree=\"ou=many,ou=people,\(Self.suffix)\" by * none"
                try await slapd.modify(database + "add: olcAccess\nolcAccess: \(rule)\n")
                _ = await follower.engine.requestSync(full: true, dryRun: false)
                try await eventually("held") { await follower.engine.status().state == .held }
                #expect(try await follower.logins().count == 65)
                try await slapd.add(SlapdContent.person("frank", below: slapd.suffix))
                try await eventually("others still come") { try await follower.mirror.user(login: "frank") != nil }
                try await slapd.modify(database + "delete: olcAccess\nolcAccess: {0}\n")
                let batch = try #require(try await follower.engine.batches().first)
                #expect(batch.users == 60)
                _ = try await follower.engine.refuse(batch.id)
                try await follower.live()
                #expect(try await follower.logins().count == 66)
                #expect(follower.warnings.all.count == 1)
            }
        }
    }

    @Test("of sixty live deletions among a hundred the first fifty go and ten are held")
    func live() async throws {
        try await withSlapd(options(95)) { slapd in
            try await withFollower(.of(slapd), folder: mirrorFolder(slapd)) { (follower) async throws in
                try await follower.live()
                #expect(try await follower.logins().count == 100)
                try await delete(many(0..<60), from: slapd)
                try await eventually("ten are held") { await follower.engine.status().held.removals == 10 }
                #expect(try await follower.logins().count == 50)
                #expect(try await follower.mirror.user(login: "p49") == nil)
                #expect(try await follower.mirror.user(login: "p50") != nil)
                #expect(follower.warnings.all.count == 1)
            }
        }
    }
}
