import Foundation
import LatchkeyTesting

/// A real directory server that the campaign changes, kills and dumps.
protocol CampaignDirectory: Sendable {
    var dialect: CampaignDialect { get }
    /// Where it listens.
    var endpoint: (host: String, port: UInt16) { get }
    /// - Parameter relay: what stands before it.
    func daemonDirectory(through relay: NetworkRelay) -> DaemonDirectory

    /// Applies those of the change records that the server takes, and returns what it said.
    func modify(_ ldif: String) async throws -> String
    func search(_ filter: String, _ attributes: [String], base: String) async throws -> [[String: [String]]]
    func start() async throws
    func kill() async
}

/// How a product names things.
struct CampaignDialect: Sendable {
    var suffix: String
    var people: String
    var groups: String
    /// A unit that is not followed.
    var outside: String
    /// `uid` or `CN`.
    var personRDN: String
    var personClass: String
    var login: String
    var groupClass: String
    var id: String
    /// The attribute that shuts an account, its value, and the value that opens it; nil: none.
    var shut: (attribute: String, value: String, open: String?)
    /// The state of an account that is shut.
    var shutState: String
    /// Lines of a new person and of a new group beside class, name and login.
    var personLines: @Sendable (_ login: String) -> String
    var groupLines: @Sendable (_ name: String) -> String
    /// Every group has it, since a groupOfNames must not be empty.
    var placeholder: String?
    /// slapd that is killed right after a removal makes its contextCSN anew from the entries that are left. To a
    /// consumer that had not heard of the removal, nothing has happened.
    var forgetsRemovals = false
    /// 389 Directory Server goes on giving an entry its old name for a while after the container above its
    /// container moved, to some searches and not to others.
    var hasStaleNames = false
}

struct SlapdCampaign: CampaignDirectory {
    let slapd: SlapdFixture
    var dialect: CampaignDialect {
        var dialect = CampaignDialect.standard(slapd.suffix, id: "entryUUID", shut: Self.lock, state: "locked")
        dialect.forgetsRemovals = true
        return dialect
    }
    private static let lock = ("pwdAccountLockedTime", "000001010000Z", nil as String?)
    var endpoint: (host: String, port: UInt16) { ("127.0.0.1", slapd.port) }

    func daemonDirectory(through relay: NetworkRelay) -> DaemonDirectory {
        var directory = DaemonDirectory(slapd)
        directory.uri = "ldap://127.0.0.1:\(relay.port)"
        return directory
    }

    func modify(_ ldif: String) async throws -> String { try await slapd.modifyAsFarAsPossible(ldif) }
    func search(_ filter: String, _ attributes: [String], base: String) async throws -> [[String: [String]]] {
        try await slapd.search(filter, attributes, base: base)
    }
    func start() async throws { try await slapd.start() }
    func kill() async { await slapd.kill() }
}

struct DirectoryServer389Campaign: CampaignDirectory {
    let server: DirectoryServer389Fixture
    var dialect: CampaignDialect {
        var dialect = CampaignDialect.standard(server.suffix, id: "nsUniqueId", shut: Self.lock, state: "disabled")
        dialect.hasStaleNames = true
        return dialect
    }
    private static let lock = ("nsAccountLock", "true", nil as String?)
    var endpoint: (host: String, port: UInt16) { ("127.0.0.1", server.port) }

    func daemonDirectory(through relay: NetworkRelay) -> DaemonDirectory {
        DaemonDirectory(
            uri: "ldap://127.0.0.1:\(relay.port)",
            service: server.service,
            password: DirectoryServer389Fixture.password,
            users: "base: \"\(dialect.people)\"\nfilter: (objectClass=inetOrgPerson)",
            roles: "base: \"\(dialect.groups)\"\nfilter: (objectClass=groupOfNames)"
        )
    }

    func modify(_ ldif: String) async throws -> String { try await server.modifyAsFarAsPossible(ldif) }
    func search(_ filter: String, _ attributes: [String], base: String) async throws -> [[String: [String]]] {
        try await server.search(filter, attributes, base: base)
    }
    func start() async throws { try await server.start() }
    func kill() async { await server.kill() }
}

struct SambaCampaign: CampaignDirectory {
    let samba: SambaFixture
    var endpoint: (host: String, port: UInt16) { (samba.address, 636) }

    var dialect: CampaignDialect {
        CampaignDialect(
            suffix: samba.suffix,
            people: "OU=Staff,\(samba.suffix)",
            groups: "OU=Groups,\(samba.suffix)",
            outside: "OU=Elsewhere,\(samba.suffix)",
            personRDN: "CN",
            personClass: "user",
            login: "sAMAccountName",
            groupClass: "group",
            id: "objectGUID",
            shut: ("userAccountControl", "546", "544"),
            shutState: "disabled",
            personLines: { "userAccountControl: 544\nsAMAccountName: \($0)\n" },
            groupLines: { "sAMAccountName: \($0)\n" },
            placeholder: nil
        )
    }

    func daemonDirectory(through relay: NetworkRelay) -> DaemonDirectory {
        DaemonDirectory(
            uri: "ldaps://\(relay.host):\(relay.port)",
            service: samba.service,
            password: SambaFixture.password,
            authorityFile: samba.authorityFile,
            users: """
                base: "\(dialect.people)"
                filter: (&(objectCategory=person)(objectClass=user))
                attributes: { login: sAMAccountName }
                """,
            roles: "base: \"\(dialect.groups)\"\nfilter: (objectClass=group)"
        )
    }

    func modify(_ ldif: String) async throws -> String { try await samba.modifyAsFarAsPossible(ldif) }
    func search(_ filter: String, _ attributes: [String], base: String) async throws -> [[String: [String]]] {
        try await samba.search(filter, attributes, base: base)
    }
    func start() async throws { try await samba.start() }
    func kill() async { await samba.kill() }
}

extension CampaignDialect {
    /// As OpenLDAP and 389 Directory Server name things in the fixtures.
    fileprivate static func standard(
        _ suffix: String,
        id: String,
        shut: (String, String, String?),
        state: String
    ) -> CampaignDialect {
        CampaignDialect(
            suffix: suffix,
            people: "ou=people,\(suffix)",
            groups: "ou=groups,\(suffix)",
            outside: "ou=services,\(suffix)",
            personRDN: "uid",
            personClass: "inetOrgPerson",
            login: "uid",
            groupClass: "groupOfNames",
            id: id,
            shut: (attribute: shut.0, value: shut.1, open: shut.2),
            shutState: state,
            personLines: { "cn: \($0)\nsn: \($0)\n" },
            groupLines: { _ in "" },
            placeholder: "cn=latchkey,ou=services,\(suffix)"
        )
    }
}
