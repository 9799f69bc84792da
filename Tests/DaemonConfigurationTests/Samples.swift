import DaemonConfiguration
import Foundation

/// A host with a few users and groups.
struct FakeNames: NameService {
    var users: [String: UInt32] = ["latchkey-portal": 990, "kiosk": 991, "portal-twin": 990, "demo-user": 1000]
    var groups: [String: UInt32] = ["latchkey-admin": 980]

    func uid(ofUser name: String) -> UInt32? { users[name] }
    func gid(ofGroup name: String) -> UInt32? { groups[name] }
}

enum Sample {
    /// The least that is accepted; each key at a line of its own.
    static let least = """
        directory: { servers: ["ldapi://%2Frun%2Fldapi"], bind: { mechanism: external } }
        users: { base: "ou=people,dc=example,dc=org" }
        policies: [ { name: all, methods: [email], register: { minimum: 1 }, reset: { gates: 1 } } ]
        delivery: { email: { transport: smtp, server: "127.0.0.1:25", from: "a@example.org" } }
        sockets: { frontend: /run/f.sock, admin: /run/a.sock }
        state: /var/lib/latchkey
        vault: { key: "credential:vault-key" }
        """

    /// ``least`` with one line in place of another, or with lines after it.
    static func changing(_ line: Int? = nil, to text: String) -> String {
        var lines = least.split(separator: "\n").map(String.init)
        if let line { lines[line - 1] = text } else { lines.append(text) }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The description of everything wrong in a text, line by line.
    static func faults(_ text: String) -> [String] {
        do throws(ConfigurationError) {
            _ = try ConfigurationFile.parse(text: text, name: "latchkey.yaml", names: FakeNames())
            return []
        } catch {
            return error.faults.map(\.description)
        }
    }

    static func warnings(_ text: String) -> [String] {
        ConfigurationFile.check(text: text, name: "latchkey.yaml", environment: [:], names: FakeNames())
            .warnings.map(\.description)
    }

    /// The repository's folder.
    static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
}
