import DirectoryServers
import Identity
import LDAPClient
import LatchkeyTesting
import SelfService
import Testing

extension DirectorySettings {
    /// The service account on a private slapd, over the local socket.
    static func of(
        _ slapd: SlapdFixture,
        uri: String? = nil,
        sources: [ServerSource]? = nil,
        failover: FailoverRules = FailoverRules(),
        discovery: ServerDiscovery = ServerDiscovery(),
        password: String = SlapdFixture.password,
        passwordWrite: PasswordWrite = .passwordModify
    ) throws -> DirectorySettings {
        DirectorySettings(
            servers: try sources ?? [.named(LDAPServer(uri ?? slapd.socketURI))],
            tls: TLSOptions(certificateAuthorities: slapd.authorityFile),
            failover: failover,
            discovery: discovery,
            credentials: .simple(dn: try DistinguishedName(slapd.service), password: Array(password.utf8)),
            users: UserMapping(
                base: try DistinguishedName("ou=people,\(slapd.suffix)"),
                filter: try Filter("(objectClass=inetOrgPerson)"),
                disabledWhen: try Filter("(employeeType=left)"),
                protectedWhen: try Filter("(employeeType=untouchable)")
            ),
            roles: RoleMapping(
                base: try DistinguishedName("ou=groups,\(slapd.suffix)"),
                filter: try Filter("(objectClass=groupOfNames)")
            ),
            passwordWrite: passwordWrite
        )
    }
}

/// One person of a private slapd, as the accounts port sees them.
struct Someone {
    let slapd: SlapdFixture
    let accounts: LiveDirectory
    let id: EntryID
    let login: String

    init(_ login: String, on slapd: SlapdFixture, _ settings: DirectorySettings) async throws {
        self.slapd = slapd
        self.login = login
        accounts = LiveDirectory(settings: settings)
        let found = try await slapd.search("(uid=\(login))", ["entryUUID"])
        let uuid = try #require(found.first?["entryUUID"]?.first)
        id = try #require(EntryID(uuid))
    }

    func account() async throws -> LiveAccount { try #require(try await accounts.account(id)) }

    func lockOut() async throws {
        for _ in 0..<slapd.options.policy.maxFailure { _ = try await slapd.bind(slapd.person(login), "wrong") }
    }

    /// Writes an attribute as the directory's administrator.
    func replace(_ attribute: String, _ value: String, relaxed: Bool = false) async throws {
        try await slapd.modify(
            "dn: \(slapd.person(login))\nchangetype: modify\nreplace: \(attribute)\n\(attribute): \(value)\n",
            relaxed: relaxed
        )
    }

    func attribute(_ name: String) async throws -> String? {
        try await slapd.search("(uid=\(login))", [name]).first?[name]?.first
    }
}
