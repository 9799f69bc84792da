import DirectoryServers
import LDAPClient

/// `directory.bind:`
struct BindSection {
    private let value: Value
    private let fields: Fields
    private let servers: [ServerSource]

    private static let keys: [String: [String]] = [
        "simple": ["dn", "password"],
        "external": [],
        "scram-sha-256": ["user", "password"],
        "gssapi": ["keytab"],
    ]
    private static let userBytesMax = 256

    static func read(_ value: Value, _ servers: [ServerSource]) -> Settings.Bind? {
        guard let fields = value.fields(["mechanism", "dn", "user", "password", "keytab"]),
            let mechanism = fields.required("mechanism")?.word(["simple", "external", "scram-sha-256", "gssapi"])
        else { return nil }
        return BindSection(value: value, fields: fields, servers: servers).read(mechanism)
    }

    private func read(_ mechanism: String) -> Settings.Bind? {
        for key in ["dn", "user", "password", "keytab"] where !(Self.keys[mechanism] ?? []).contains(key) {
            fields[key]?.fault("means nothing with mechanism \(mechanism); remove it")
        }
        switch mechanism {
        case "simple": return simple()
        case "scram-sha-256": return scram()
        case "gssapi": return gssapi()
        default: return external()
        }
    }

    private func simple() -> Settings.Bind? {
        let name = fields.required("dn")?.distinguishedName()
        let password = fields.required("password")?.secret()
        guard let name, let password else { return nil }
        return .simple(dn: name, password: password)
    }

    private func scram() -> Settings.Bind? {
        let user = fields.required("user").flatMap(userName)
        let password = fields.required("password")?.secret()
        guard let user, let password else { return nil }
        return .scramSHA256(user: user, password: password)
    }

    private func userName(_ value: Value) -> String? {
        guard let text = value.text() else { return nil }
        guard (1...Self.userBytesMax).contains(text.utf8.count), !text.utf8.contains(where: { $0 < 0x20 }) else {
            return value.wrong("expected a user name of 1 to \(Self.userBytesMax) bytes, not a DN")
        }
        return text
    }

    /// Kerberos names the service by the host's name: `ldap/HOST@REALM`.
    private func gssapi() -> Settings.Bind? {
        if servers.contains(where: Self.isSocket) {
            value.fault("gssapi needs the server's name, which ldapi:// does not have; use external there")
        }
        guard let keytab = fields["keytab"] else { return .gssapi(keytab: nil) }
        return keytab.absolutePath().map { .gssapi(keytab: $0) }
    }

    private func external() -> Settings.Bind {
        if servers.contains(where: { !Self.isSocket($0) }) {
            value.fault("external tells who we are by the socket of ldapi:// alone; use simple with other servers")
        }
        return .external
    }

    private static func isSocket(_ source: ServerSource) -> Bool {
        if case .named(let server) = source, case .ldapi = server.transport { true } else { false }
    }
}
