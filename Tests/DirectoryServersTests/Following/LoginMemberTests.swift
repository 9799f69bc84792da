import DirectoryServers
import Foundation
import Identity
import LDAPClient
import LatchkeyTesting
import Mirror
import SelfService
import Synchronizer
import Testing

@Suite("Groups that name logins (posixGroup), on a real slapd")
struct LoginMemberTests {
    private func settings(_ slapd: SlapdFixture, member: AttributeName = "memberUid") throws -> DirectorySettings {
        var settings = try DirectorySettings.of(slapd)
        settings.roles?.member = member
        settings.roles?.filter = try Filter("(objectClass=posixGroup)")
        return settings
    }

    private func group(_ name: String, _ logins: [String], _ slapd: SlapdFixture) -> String {
        let members = logins.map { "memberUid: \($0)\n" }.joined()
        return "dn: \(slapd.group(name))\nobjectClass: posixGroup\ncn: \(name)\ngidNumber: 1000\n\(members)"
    }

    private func following(
        _ groups: [String: [String]],
        _ body: (SlapdFixture, Follower) async throws -> Void
    ) async throws {
        try await withSlapd { slapd in
            for (name, logins) in groups { try await slapd.add(group(name, logins, slapd)) }
            try await withFollower(settings(slapd), folder: mirrorFolder(slapd)) { (follower) async throws in
                try await follower.live()
                try await body(slapd, follower)
            }
        }
    }

    @Test("the first sync and live changes give the roles to those who have the logins")
    func follows() async throws {
        try await following(["wheel": ["alice", "nobody-yet"], "users": ["alice", "bob"]]) {
            (slapd, follower) async throws in
            #expect(try await follower.roles("alice") == ["users", "wheel"])
            #expect(try await follower.roles("bob") == ["users"])
            #expect(try await follower.mirror.roles(named: "users").first?.memberCount == 2)
            let wheel = "dn: \(slapd.group("wheel"))\nchangetype: modify\n"
            try await slapd.modify(wheel + "add: memberUid\nmemberUid: erin\n")
            try await eventually("erin is in wheel") { try await follower.roles("erin") == ["wheel"] }
            try await slapd.modify(wheel + "delete: memberUid\nmemberUid: erin\n")
            try await eventually("erin is not") { try await follower.roles("erin") == [] }
        }
    }

    @Test("a login that changes leaves its roles behind, and who gets it has them, in the mirror as live")
    func loginChanges() async throws {
        try await following(["wheel": ["alice"]]) { (slapd, follower) async throws in
            let alice = try await Someone("alice", on: slapd, settings(slapd))
            #expect(try await alice.account().user.roles == ["wheel"])
            try await slapd.modify(
                "dn: \(slapd.person("alice"))\nchangetype: modrdn\nnewrdn: uid=alicia\ndeleteoldrdn: 1\n"
            )
            try await eventually("alicia without roles") { try await follower.roles("alicia") == [] }
            #expect(try await alice.account().user.roles == [])
            try await slapd.add(SlapdContent.person("alice", below: slapd.suffix))
            try await eventually("another alice") { try await follower.roles("alice") == ["wheel"] }
            let another = try await Someone("alice", on: slapd, settings(slapd))
            #expect(another.id != alice.id)
            #expect(try await another.account().user.roles == ["wheel"])
        }
    }

    @Test("case counts, in the mirror as live")
    func caseCounts() async throws {
        try await following(["wheel": ["Alice"], "users": ["alice"]]) { (slapd, follower) async throws in
            #expect(try await follower.roles("alice") == ["users"])
            #expect(try await Someone("alice", on: slapd, settings(slapd)).account().user.roles == ["users"])
        }
    }

    @Test("a login that two people bear gives neither a role in the mirror, and cannot be read live")
    func ambiguous() async throws {
        try await following(["wheel": ["alice"]]) { (slapd, follower) async throws in
            let alice = try await Someone("alice", on: slapd, settings(slapd))
            let add = "changetype: modify\nadd: uid\nuid: ALICE\n-\ndelete: uid\nuid: erin\n"
            try await slapd.modify(
                "dn: \(slapd.person("erin"))\nchangetype: modrdn\nnewrdn: cn=Erin\ndeleteoldrdn: 0\n"
            )
            try await slapd.modify("dn: cn=Erin,ou=people,\(slapd.suffix)\n" + add)
            try await eventually("nobody's") {
                try await follower.mirror.user(id: alice.id)?.roles == []
            }
            await #expect(throws: DirectoryFailure.self) { try await alice.account() }
        }
    }

    @Test("nobody has an id that was made up")
    func unknown() async throws {
        try await withSlapd { slapd in
            let alice = try await Someone("alice", on: slapd, settings(slapd))
            #expect(try await alice.accounts.account(EntryID(folding: [9, 9, 9])) == nil)
        }
    }

    @Test("a mirror that was filled by names reads its groups again")
    func switched() async throws {
        try await withSlapd { slapd in
            try await slapd.add(group("wheel", ["alice"], slapd))
            let folder = try mirrorFolder(slapd)
            try await withFollower(settings(slapd, member: "member"), folder: folder) { (follower) async throws in
                try await follower.live()
                #expect(try await follower.roles("alice") == [])
            }
            try await withFollower(settings(slapd), folder: folder) { (follower) async throws in
                try await follower.live()
                #expect(try await follower.roles("alice") == ["wheel"])
            }
        }
    }
}
