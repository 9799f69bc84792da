import DirectoryServers
import LDAPClient
import LatchkeyTesting
import Synchronizer
import Testing

@Suite("An examination of a server that is well")
struct HealthyExaminationTests {
    private func expect(_ found: [Finding], _ lines: [String], sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(found.map { "\($0.check.rawValue): \($0.text)" } == lines, sourceLocation: sourceLocation)
        for finding in found {
            #expect(finding.verdict == .fine && finding.remedy == nil && finding.pastes.isEmpty, "\(finding)")
        }
    }

    /// All that is mapped is what the people of the fixtures have.
    private func complete(_ settings: DirectorySettings) -> DirectorySettings {
        var settings = settings
        (settings.users.mobilePhone, settings.users.language) = ("cn", "cn")
        return settings
    }

    @Test("says each line of a slapd, and no other")
    func openLDAP() async throws {
        try await withSlapd { slapd in
            let settings = complete(try .of(slapd))
            try await slapd.paste(await examined(settings).paste(.clock, "as root"))
            expect(
                await examined(settings),
                [
                    "directory.connection: it can be reached",
                    "directory.bind: the service account may bind as cn=latchkey,ou=services,dc=example,dc=com",
                    "directory.following: OpenLDAP; followed by content-sync: OpenLDAP, and its root DSE offers content "
                        + "synchronisation (RFC 4533)",
                    "directory.content: can be read with every attribute that is mapped",
                    "directory.content: can be read with every attribute that is mapped",
                    "directory.limits: the server lets everybody be read",
                    "directory.clock: the server's clock and this host's agree",
                    "directory.policy.response: the server has a password policy and speaks of it",
                    "directory.rights.reset: the service account may write userPassword\(Self.tried)",
                    "directory.rights.unlock: the service account may take pwdAccountLockedTime away\(Self.tried)",
                    "directory.rights.must-change: the service account may write pwdReset\(Self.tried)",
                    "directory.rights.password-read: the service account may not read userPassword",
                    "directory.rights.manage: the server checks the passwords that Latchkey writes",
                    "directory.policy.readable: the password policy can be read",
                    "directory.policy.reset: no password policy stands in the way of resets",
                    "directory.policy.history: history is enforced: the last 3 passwords are refused",
                ]
            )
        }
    }

    private static let tried = " (tried on 5 without changing anything)"

    @Test("says each line of a 389 Directory Server, and no other")
    func directoryServer389() async throws {
        try await withDirectoryServer389(.with { $0.configuration["passwordHistory"] = "on" }) { server in
            var settings = complete(try .of(server))
            settings.trusted = ["mobile"]
            try await server.paste(await examined(settings).paste(.policyReading, "on any host"))
            let mobile = "changetype: modify\nreplace: mobile\nmobile: +1 555 0001\n"
            try await server.modify("dn: \(server.person("bob"))\n\(mobile)")
            let version = /389-Directory\/[^;]*/
            expect(
                await examined(settings).map { finding in
                    var finding = finding
                    finding.text.replace(version, with: "its version")
                    return finding
                },
                [
                    "directory.connection: it can be reached",
                    "directory.bind: the service account may bind as cn=latchkey,ou=services,dc=example,dc=com",
                    "directory.following: 389 Directory Server, its version; followed by 389ds-content-sync: 389 "
                        + "Directory Server, and its root DSE offers content synchronisation (RFC 4533)",
                    "directory.content: can be read with every attribute that is mapped",
                    "directory.content: can be read with every attribute that is mapped",
                    "directory.limits: the server lets everybody be read",
                    "directory.clock: the server's clock and this host's agree",
                    "directory.changes: the changelog can be read, and names what is deleted",
                    "directory.rights.reset: the service account may write userPassword\(Self.tried)",
                    "directory.rights.unlock: the service account may take accountUnlockTime away\(Self.tried)",
                    "directory.rights.must-change: the service account may write passwordExpirationTime\(Self.tried)",
                    "directory.rights.password-read: the service account may not read userPassword",
                    "directory.rights.manage: the server checks the passwords that Latchkey writes",
                    "directory.policy.readable: the password policy can be read",
                    "directory.policy.history: history is enforced: the last 6 passwords are refused",
                    "directory.trust: trustDirectory believes mobile, and no rule at or above "
                        + "ou=people,dc=example,dc=com lets people write it in their own entries",
                ]
            )
        }
    }

    @Test("says each line of a domain controller, and no other but that Samba enforces no history")
    func samba() async throws {
        try await withSamba { samba in
            var settings = complete(try .of(samba))
            settings.trusted = ["mobile"]
            for check in [Check.policyReading, .trust] {
                try await samba.paste(await examined(settings).paste(check, "Samba"))
            }
            expect(
                await examined(settings).filter { $0.check != .policyHistory },
                [
                    "directory.connection: it can be reached",
                    "directory.tls: the certificate is accepted, and good for 3649 days",
                    "directory.bind: the service account may bind",
                    "directory.following: Active Directory; followed by dirsync: Samba, and its root DSE offers DirSync",
                    "directory.content: can be read with every attribute that is mapped",
                    "directory.content: can be read with every attribute that is mapped",
                    "directory.limits: the server lets everybody be read",
                    "directory.clock: the server's clock and this host's agree",
                    "directory.changes: deletions are told",
                    "directory.rights.reset: the service account may reset passwords (the right Reset Password)"
                        + Self.tried,
                    "directory.rights.unlock: the service account may write lockoutTime\(Self.tried)",
                    "directory.rights.must-change: the service account may write pwdLastSet\(Self.tried)",
                    "directory.policy.readable: the password policies can be read",
                    "directory.trust: trustDirectory believes mobile, and people may not write it in their own entries",
                ]
            )
        }
    }
}
