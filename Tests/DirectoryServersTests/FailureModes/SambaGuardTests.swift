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
