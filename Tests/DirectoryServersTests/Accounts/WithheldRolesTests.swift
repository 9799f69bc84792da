import DirectoryServers
import Identity
import LDAPClient
import LatchkeyTesting
import SelfService
import Testing

@Suite("OpenLDAP: roles that the server does not give")
struct WithheldRolesTests {
    @Test("are not the same as none: the entry is read, and its roles are marked as unread")
    func missingBase() async throws {
        try await withSlapd { slapd in
            let account = try await Someone("alice", on: slapd, try .of(slapd)).account()
            #expect(account.areRolesRead && account.user.roles == ["all", "staff"])
            var settings = try DirectorySettings.of(slapd)
            settings.roles?.base = try DistinguishedName("ou=gone,\(slapd.suffix)")
            let withheld = try await Someone("alice", on: slapd, settings).account()
            #expect(!withheld.areRolesRead && withheld.user.roles.isEmpty)
            #expect(withheld.user.login == "alice")
        }
    }

    @Test("a server that does not answer is a failure all the same")
    func noAnswer() async throws {
        try await withSlapd { slapd in
            let alice = try await Someone("alice", on: slapd, try .of(slapd))
            await slapd.stop()
            await #expect(throws: DirectoryFailure.self) { _ = try await alice.account() }
        }
    }
}
