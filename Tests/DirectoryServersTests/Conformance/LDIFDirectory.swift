import DirectoryServers
import Foundation
import LDAPClient
import LatchkeyTesting

/// A directory that is changed with LDIF: people below `ou=people`, groups below `ou=groups`.
protocol LDIFDirectory: DirectoryUnderTest {
    var suffix: String { get }
    func modify(_ ldif: String) async throws
    func add(_ ldif: String) async throws
}

extension LDIFDirectory {
    private func person(_ login: String) -> String { "uid=\(login),ou=people,\(suffix)" }
    private func outside(_ login: String) -> String { "uid=\(login),ou=services,\(suffix)" }

    func addPerson(_ login: String) async throws { try await addPeople([login]) }

    func addPeople(_ logins: [String]) async throws {
        try await add(logins.map { SlapdContent.person($0, below: suffix) }.joined(separator: "\n"))
    }

    func setMail(_ login: String, _ mail: String) async throws {
        try await modify("dn: \(person(login))\nchangetype: modify\nreplace: mail\nmail: \(mail)\n")
    }

    func rename(_ login: String, to new: String) async throws {
        try await modify("dn: \(person(login))\nchangetype: modrdn\nnewrdn: uid=\(new)\ndeleteoldrdn: 1\n")
    }

    func deletePerson(_ login: String) async throws {
        try await modify("dn: \(person(login))\nchangetype: delete\n")
    }

    func moveOut(_ login: String) async throws { try await move(person(login), login, to: "ou=services") }
    func moveIn(_ login: String) async throws { try await move(outside(login), login, to: "ou=people") }

    private func move(_ dn: String, _ login: String, to unit: String) async throws {
        try await modify(
            "dn: \(dn)\nchangetype: modrdn\nnewrdn: uid=\(login)\ndeleteoldrdn: 0\nnewsuperior: \(unit),\(suffix)\n"
        )
    }

    func join(_ login: String, _ group: String) async throws { try await member("add", login, group) }
    func leave(_ login: String, _ group: String) async throws { try await member("delete", login, group) }

    private func member(_ change: String, _ login: String, _ group: String) async throws {
        try await modify(
            "dn: cn=\(group),ou=groups,\(suffix)\nchangetype: modify\n\(change): member\nmember: \(person(login))\n"
        )
    }
}

extension DirectorySettings {
    /// As the service account, over the loopback.
    static func of(_ server: DirectoryServer389Fixture, uri: String? = nil) throws -> DirectorySettings {
        DirectorySettings(
            servers: [.named(try LDAPServer(uri ?? server.uri))],
            credentials: .simple(
                dn: try DistinguishedName(server.service),
                password: Array(DirectoryServer389Fixture.password.utf8)
            ),
            users: UserMapping(
                base: try DistinguishedName("ou=people,\(server.suffix)"),
                filter: try Filter("(objectClass=inetOrgPerson)")
            ),
            roles: RoleMapping(
                base: try DistinguishedName("ou=groups,\(server.suffix)"),
                filter: try Filter("(objectClass=groupOfNames)")
            )
        )
    }
}

struct SlapdUnderTest: LDIFDirectory {
    let slapd: SlapdFixture
    var proxy: LDAPFaultProxy?
    var settings: DirectorySettings { get throws { try .of(slapd, uri: proxy?.uri) } }
    var strategy: String { slapd.options.hasContentSync ? "content-sync" : "polling" }
    var folder: URL { slapd.directory }
    var suffix: String { slapd.suffix }
    func modify(_ ldif: String) async throws { try await slapd.modify(ldif) }
    func add(_ ldif: String) async throws { try await slapd.add(ldif) }
    func start() async throws { try await slapd.start() }
    func kill() async { await slapd.kill() }
}

struct DirectoryServer389UnderTest: LDIFDirectory {
    let server: DirectoryServer389Fixture
    var settings: DirectorySettings { get throws { try .of(server) } }
    var strategy: String { server.options.hasContentSync ? "389ds-content-sync" : "polling" }
    var folder: URL { server.directory }
    var suffix: String { server.suffix }
    func modify(_ ldif: String) async throws { try await server.modify(ldif) }
    func add(_ ldif: String) async throws { try await server.add(ldif) }
    func start() async throws { try await server.start() }
    func kill() async { await server.kill() }
}
