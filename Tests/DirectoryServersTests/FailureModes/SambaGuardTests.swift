import DirectoryServers
import Identity
import LDAPClient
import LatchkeyTesting
import Mirror
import Synchronizer
import Testing

/// What would remove people on a domain controller if it were believed.
@Suite("Guards before a Samba domain controller")
struct SambaGuardTests {
    private let everybody = ["alice", "bob", "carol", "dave", "erin"]

    @Test(
        "failure mode 4: a filter that is wrong, or a base without anybody, removes nobody",
        arguments: [true, false]
    )
    func wrongSettings(isFilter: Bool) async throws {
        try await withSamba { samba in
            let folder = try mirrorFolder(samba)
            var settings = try DirectorySettings.of(samba)
            try await withFollower(settings, folder: folder) { try await $0.live() }
            if isFilter {
                settings.users.filter = try Filter("(objectClass=computer)")
                settings.users.base = try DistinguishedName("OU=Staff,\(samba.suffix)")
            } else {
                settings.users.base = try #require(settings.roles?.base)
            }
            try await withFollower(settings, folder: folder) { (follower) async throws in
                try await follower.held()
                #expect(try await follower.logins() == everybody)
                let problem = await follower.engine.status().problem ?? ""
                #expect(problem.contains("the directory shows none of the 5 users that the mirror holds"), "\(problem)")
            }
        }
    }

    @Test(
        "failure mode 4: a unit that may not be read any more removes nobody, and status says where they stand",
        arguments: [ProductUnderTest.samba, .sambaByPolling]
    )
    func unreadable(product: ProductUnderTest) async throws {
        try await product.run { directory in
            let samba = try #require(directory as? SambaUnderTest).samba
            // More than sync.holdRemovals lets go.
            try await samba.addMany(60)
            try await directory.followed { (follower) async throws in
                #expect(try await follower.people() == 65)
                let sales = "OU=Sales,OU=Staff,\(samba.suffix)"
                try await samba.hide(sales, from: samba.service)
                // Of access rules no server says anything: the next comparison with everything finds out.
                _ = try await follower.readAgain()
                try await follower.held()
                #expect(try await follower.people() == 65)
                #expect(try await follower.roles("p7") == ["many"])
                let problem = await follower.engine.status().problem ?? ""
                #expect(
                    problem.lowercased()
                        == ("60 removals are held in quarantine: 60 of 65 users, all below \(sales), would go within "
                        + "an hour, more than sync.holdRemovals allows; check the server, the base, the filter and the "
                        + "access rules, look at `latchkeyctl quarantine show 1`, then release or refuse them")
                        .lowercased()
                )
            }
        }
    }

    @Test("DirSync gives no sign of an entry that ceases to match the filter: it goes all the same, and comes back")
    func leavesFilter() async throws {
        try await withSamba { samba in
            var settings = try DirectorySettings.of(samba)
            settings.users.filter = try Filter("(&(objectCategory=person)(objectClass=user)(mail=*))")
            try await withFollower(settings, folder: mirrorFolder(samba)) { (follower) async throws in
                try await follower.live()
                let id = try await follower.mirror.user(login: "bob")?.id
                try await samba.modify("dn: \(samba.person("bob"))\nchangetype: modify\ndelete: mail\n\n")
                try await eventually("bob is gone") { try await follower.mirror.user(login: "bob") == nil }
                try await samba.modify(SambaContent.replace("mail", "bob@example.net", of: samba.person("bob")))
                try await eventually("bob is back") { try await follower.mirror.user(login: "bob")?.id == id }
                #expect(try await follower.roles("bob") == ["all", "staff"])
            }
        }
    }
}
