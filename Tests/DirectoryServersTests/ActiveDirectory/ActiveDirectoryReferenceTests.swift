import Identity
import LDAPClient
import LatchkeyTesting
import Mirror
import Synchronization
import Synchronizer
import Testing

@testable import DirectoryServers

/// A search of a whole domain names the partitions below it, most of which the same server has.
@Suite("Continuation references of a domain controller")
struct ActiveDirectoryReferenceTests {
    private let everybody = ["alice", "bob", "carol", "dave", "erin"]

    private func ofDomain(_ samba: SambaFixture, polls: Bool) throws -> DirectorySettings {
        var settings = try DirectorySettings.of(samba)
        settings.users.base = try DistinguishedName(samba.suffix)
        settings.users.filter = try Filter("(mail=*@example.com)")
        if polls { settings.follow = .poll }
        return settings
    }

    @Test("failure mode 13: those of the server's own partitions do not count", arguments: [false, true])
    func own(polls: Bool) async throws {
        try await withSamba { samba in
            let settings = try ofDomain(samba, polls: polls)
            try await withFollower(settings, folder: mirrorFolder(samba)) { (follower) async throws in
                try await follower.current()
                #expect(try await follower.logins() == everybody)
                #expect(await follower.engine.status().references == 0)
            }
        }
    }

    @Test("failure mode 13: those of other servers' partitions count, each once however often it is named")
    func others() async throws {
        try await withSamba { samba in
            let settings = try ofDomain(samba, polls: false)
            let connection = try await ServiceConnector(settings: settings).connect()
            let own = try await connection.rootDSE().namingContexts
            #expect(own.contains("CN=Configuration,\(samba.suffix)"))
            // As if the configuration were another server's: the only partition that this one names.
            let content = DirectoryContent(
                connection: connection,
                settings: settings,
                clock: SystemWallClock(),
                lockoutDuration: 0,
                partitions: [try DistinguishedName(samba.suffix)]
            )
            let counted = Mutex<[SyncScope: Int]>([:])
            let count: DirectoryContent.Deliver = { event in
                if case .references(let scope, let more) = event { counted.withLock { $0[scope, default: 0] += more } }
            }
            try await content.readAll(.users, count)
            #expect(counted.withLock { $0 } == [.users: 1])
            _ = try await content.readChanged(.users, since: 1, count)
            try await content.readAll(.roles, count)
            #expect(counted.withLock { $0 } == [.users: 1])
            await connection.close()
        }
    }

    @Test("a reference names the entry below which there is more, in the first of its URLs that names one")
    func base() throws {
        let name = try DistinguishedName("OU=Rome\\, Italy,DC=child,DC=ad,DC=example,DC=test")
        let uri = "ldap://child.ad.example.test/OU=Rome%5C,%20Italy,DC=child,DC=ad,DC=example,DC=test??sub"
        #expect(ContinuationReference(uris: [uri]).base == name)
        #expect(ContinuationReference(uris: ["ldap://elsewhere/", "ldap://elsewhere", uri]).base == name)
        #expect(ContinuationReference(uris: ["ldap://elsewhere/", "nonsense", "ldap://e/nonsense", ""]).base == nil)
        #expect(ContinuationReference(uris: []).base == nil)
    }
}
