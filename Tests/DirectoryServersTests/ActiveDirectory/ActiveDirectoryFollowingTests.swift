import DirectoryServers
import Foundation
import Identity
import LDAPClient
import LatchkeyTesting
import Mirror
import Synchronizer
import Testing

@Suite("Following a real Samba domain controller")
struct ActiveDirectoryFollowingTests {
    private let everybody = ["alice", "bob", "carol", "dave", "erin"]

    @Test("the first sync equals the directory, with nested and cyclic groups, the objectGUIDs as ids")
    func first() async throws {
        try await followingSamba { (samba, follower) async throws in
            #expect(try await follower.logins() == everybody)
            #expect(try await follower.roles("alice") == ["all", "staff"])
            #expect(try await follower.roles("carol") == ["all"])
            #expect(try await follower.roles("dave") == ["ring-a", "ring-b"])
            #expect(try await follower.roles("erin") == [])
            let alice = try #require(try await follower.mirror.user(login: "alice"))
            #expect(alice.email == "alice@example.com" && alice.account.state == .active)
            #expect(try await samba.search("(objectGUID=\(alice.id))", ["cn"]).first?["cn"] == ["alice"])
            #expect(await follower.engine.status().feed?.strategy == "dirsync")
        }
    }

    @Test("additions, changes and deletions arrive live")
    func live() async throws {
        try await followingSamba { (samba, follower) async throws in
            try await samba.modify(SambaContent.add("frank"))
            try await eventually("frank is there") { try await follower.mirror.user(login: "frank") != nil }
            try await samba.modify(SambaContent.replace("mail", "new@example.net", of: samba.person("frank")))
            try await eventually("the change") {
                try await follower.mirror.user(login: "frank")?.email == "new@example.net"
            }
            try await samba.modify("dn: \(samba.person("frank"))\nchangetype: modify\ndelete: mail\n\n")
            try await eventually("the removal of a value") {
                try await follower.mirror.user(login: "frank").map { $0.email == nil } ?? false
            }
            let id = try #require(try await follower.mirror.user(login: "frank")?.id)
            try await samba.modify(SambaContent.delete(samba.person("frank")))
            try await eventually("the deletion") { try await follower.mirror.user(login: "frank") == nil }
            #expect(try await follower.mirror.user(id: id)?.account.state == .deleted)
            #expect(try await follower.logins() == everybody)
        }
    }

    @Test("failure mode 8: a renamed person keeps the id and the roles, although the groups say nothing")
    func rename() async throws {
        try await followingSamba { (samba, follower) async throws in
            let before = try #require(try await follower.mirror.user(login: "alice"))
            try await samba.modify(
                SambaContent.rename(samba.person("alice"), to: "CN=alicia")
                    + SambaContent.replace("userPrincipalName", "alicia@test", of: samba.person("alicia"))
                    + SambaContent.replace("sAMAccountName", "alicia", of: samba.person("alicia"))
            )
            try await eventually("alicia with the roles") {
                try await follower.mirror.user(login: "alicia")?.roles == ["all", "staff"]
            }
            #expect(try await follower.mirror.user(login: "alicia")?.id == before.id)
            #expect(try await follower.mirror.user(login: "alice") == nil)
            // Whoever gets the name gets nothing with it.
            try await samba.modify(SambaContent.add("alice"))
            try await eventually("another alice") { try await follower.roles("alice") == [] }
        }
    }

    @Test("a person who moves out of the base is gone, and back with the same id and roles after moving in")
    func move() async throws {
        try await followingSamba { (samba, follower) async throws in
            let id = try #require(try await follower.mirror.user(login: "bob")?.id)
            let elsewhere = "OU=Elsewhere,\(samba.suffix)"
            try await samba.modify(SambaContent.rename(samba.person("bob"), to: "CN=bob", below: elsewhere))
            try await eventually("bob is gone") { try await follower.mirror.user(login: "bob") == nil }
            let staff = "OU=Staff,\(samba.suffix)"
            try await samba.modify(SambaContent.rename("CN=bob,\(elsewhere)", to: "CN=bob", below: staff))
            try await eventually("bob is back") { try await follower.roles("bob") == ["all", "staff"] }
            #expect(try await follower.mirror.user(login: "bob")?.id == id)
        }
    }

    @Test("a member who joins or leaves a group gains or loses its roles")
    func members() async throws {
        try await followingSamba { (samba, follower) async throws in
            let staff = samba.group("staff")
            try await samba.modify(SambaContent.addMember(samba.person("erin"), to: staff))
            try await eventually("erin is staff") { try await follower.roles("erin") == ["all", "staff"] }
            try await samba.modify(SambaContent.removeMember(samba.person("erin"), from: staff))
            try await eventually("erin is not") { try await follower.roles("erin") == [] }
            try await samba.modify(SambaContent.delete(samba.group("all")))
            try await eventually("a deleted group is nobody's") { try await follower.roles("alice") == ["staff"] }
        }
    }

    @Test(
        "failure mode 9: an organisational unit that is renamed, moved out of the base and back takes everybody below with it"
    )
    func unit() async throws {
        try await followingSamba { (samba, follower) async throws in
            let sales = "OU=Sales,OU=Staff,\(samba.suffix)"
            try await samba.modify(
                SambaContent.rename(samba.person("alice"), to: "CN=alice", below: sales)
                    + SambaContent.add("grace", below: sales)
            )
            try await eventually("both are in Sales") {
                let dn = try await follower.mirror.user(login: "alice")?.dn
                return try await follower.mirror.user(login: "grace") != nil && dn?.contains("Sales") == true
            }
            let id = try #require(try await follower.mirror.user(login: "alice")?.id)
            try await samba.modify(SambaContent.rename(sales, to: "OU=Vente"))
            try await eventually("the new names") {
                let alice = try await follower.mirror.user(login: "alice")
                return alice?.dn.contains("OU=Vente") == true && alice?.roles == ["all", "staff"]
            }
            let (inside, outside) = ("OU=Vente,OU=Staff,\(samba.suffix)", "OU=Elsewhere,\(samba.suffix)")
            try await samba.modify(SambaContent.rename(inside, to: "OU=Vente", below: outside))
            try await eventually("they left") {
                try await follower.logins() == ["bob", "carol", "dave", "erin"]
            }
            try await samba.modify(
                SambaContent.rename("OU=Vente,\(outside)", to: "OU=Sales", below: "OU=Staff,\(samba.suffix)")
            )
            try await eventually("they are back") {
                let roles = try await follower.roles("alice")
                return try await follower.logins() == everybody + ["grace"] && roles == ["all", "staff"]
            }
            #expect(try await follower.mirror.user(login: "alice")?.id == id)
        }
    }

    @Test("a disabled account, an expired one and a locked one show")
    func accounts() async throws {
        try await followingSamba { (samba, follower) async throws in
            func account(_ login: String) async throws -> AccountStatus? {
                try await follower.mirror.user(login: login)?.account
            }
            try await samba.modify(SambaContent.replace("userAccountControl", "514", of: samba.person("dave")))
            try await eventually("dave is disabled") { try await account("dave")?.state == .disabled }
            try await samba.modify(SambaContent.replace("accountExpires", "1", of: samba.person("erin")))
            try await eventually("erin has expired") { try await account("erin")?.state == .expired }
            for _ in 0..<3 { try await samba.failToBind("carol") }
            try await eventually("carol is locked") { try await account("carol")?.lock == .failedAttempts }
            #expect(try await account("carol")?.state == .locked)
            try await samba.modify(SambaContent.replace("lockoutTime", "0", of: samba.person("carol")))
            try await eventually("carol is open again") { try await account("carol")?.state == .active }
        }
    }

    @Test("failure mode 8: somebody who gets a used name is somebody else, and holds none of the roles")
    func recreated() async throws {
        try await followingSamba { (samba, follower) async throws in
            let before = try #require(try await follower.mirror.user(login: "alice")?.id)
            try await samba.modify(SambaContent.delete(samba.person("alice")) + SambaContent.add("alice"))
            try await eventually("another alice without roles") {
                let alice = try await follower.mirror.user(login: "alice")
                return alice.map { $0.id != before && $0.roles.isEmpty } ?? false
            }
        }
    }

    @Test("the people whose primary group it is are members of a group, also those who come later")
    func primaryGroup() async throws {
        try await withSamba { samba in
            var settings = try DirectorySettings.of(samba)
            settings.roles?.base = try DistinguishedName(samba.suffix)
            settings.roles?.filter = try Filter("(&(objectClass=group)(|(cn=Domain Users)(cn=staff)))")
            try await withFollower(settings, folder: mirrorFolder(samba)) { (follower) async throws in
                try await follower.live()
                #expect(try await follower.roles("erin") == ["Domain Users"])
                #expect(try await follower.roles("alice") == ["Domain Users", "staff"])
                try await samba.modify(SambaContent.add("frank"))
                try await eventually("frank too") { try await follower.roles("frank") == ["Domain Users"] }
            }
        }
    }
}
