import DaemonConfiguration
import DirectoryServers
import Foundation
import LDAPClient
import Testing

@Suite("Directories that are written as well")
struct AlsoWriteTests {
    private static let bind = "bind: { mechanism: simple, dn: \"cn=a\", password: \"file:/p\" }"
    private static let directory = "directory: { servers: [ldaps://ad.example.org], \(bind) }"
    private static let users = "users: { base: \"dc=ad\" }"
    private static let match = "match: { login: sAMAccountName }"

    private static func entry(_ parts: String...) -> String {
        "alsoWrite: [ { \(parts.joined(separator: ", ")) } ]"
    }

    private func parse(_ text: String) throws -> [LinkedSettings] {
        try ConfigurationFile.parse(text: Sample.changing(to: text), name: "latchkey.yaml", names: FakeNames()).linked
    }

    @Test("what is said arrives, and what is not said has a default")
    func values() throws {
        let text = """
            alsoWrite:
              - name: ad
                directory:
                  servers: [ldaps://ad.example.org]
                  product: active-directory
                  bind: { mechanism: scram-sha-256, user: latchkey, password: "file:/p" }
                users: { base: "ou=people,dc=ad", filter: (objectClass=user), disabledWhen: (title=left) }
                match: { login: sAMAccountName }
              - name: hr
                directory: { servers: ["ldapi://%2Frun%2Fhr"], bind: { mechanism: external } }
                users: { base: "dc=hr", attributes: { login: uid, displayName: gecos } }
                match: { login: employeeNumber }
            protected: { filter: (adminCount=1) }
            """
        let linked = try parse(text)
        #expect(linked.map(\.name) == ["ad", "hr"] && linked.map(\.match) == ["sAMAccountName", "employeeNumber"])
        #expect(linked.map(\.users.login) == ["sAMAccountName", "uid"], "who is found bears the attribute")
        #expect(linked[0].directory.product == .activeDirectory && linked[0].directory.servers.count == 1)
        #expect(linked[0].users.filter.text == "(objectClass=user)")
        #expect(linked[0].users.disabledWhen?.text == "(title=left)")
        #expect(linked[1].users.displayName == "gecos")
        #expect(linked.allSatisfy { $0.users.protectedWhen?.text == "(adminCount=1)" }, "protected holds everywhere")
        #expect(try parse("demo: false").isEmpty)
    }

    static let faults: [(String, String)] = [
        ("alsoWrite: []", "8:12: alsoWrite: expected 1 to 8 directories; without any, remove it"),
        ("alsoWrite: ad", "8:12: alsoWrite: expected a list such as [a, b], not one value"),
        (entry(directory, users, match), "8:14: alsoWrite[0].name: is missing; it is required"),
        (entry("name: ad", users, match), "8:14: alsoWrite[0].directory: is missing; it is required"),
        (entry("name: ad", directory, match), "8:14: alsoWrite[0].users: is missing; it is required"),
        (entry("name: ad", directory, users), "8:14: alsoWrite[0].match: is missing; it is required"),
        (
            entry("name: ad", directory, users, "match: {}"),
            "8:171: alsoWrite[0].match.login: is missing; it is required"
        ),
        (
            entry("name: ad", directory, users, "match: { login: uid, email: mail }"),
            "8:185: alsoWrite[0].match.email: unknown key; known here: login"
        ),
        (
            entry("name: ad", directory, users, "match: { login: \"a b\" }"),
            "8:180: alsoWrite[0].match.login: \"a b\" is not an attribute"
        ),
        (
            entry("name: directory", directory, users, match),
            "8:22: alsoWrite[0].name: is what the mirrored directory is called in answers; choose another name"
        ),
        (
            entry("name: ad", directory, "users: { base: \"dc=ad\", mailNeedsPassword: [a.org] }", match),
            "8:162: alsoWrite[0].users.mailNeedsPassword: unknown key; known here: base, filter, attributes, disabledWhen"
        ),
        (
            entry("name: ad", "directory: { servers: [ldap://ad.example.org], \(bind) }", users, match),
            "8:49: alsoWrite[0].directory.servers[0]: would send passwords in clear over the network; "
                + "use ldaps:// or tls: { startTLS: true }"
        ),
        (
            entry("name: ad", directory, users, match, "roles: {}"),
            "8:198: alsoWrite[0].roles: unknown key; known here: name, directory, users, match"
        ),
    ]

    @Test("each fault is told with its line, its column and its key", arguments: faults)
    func fault(text: String, expected: String) {
        let found = Sample.faults(Sample.changing(to: text))
        #expect(found.count == 1 && found.first?.hasPrefix("latchkey.yaml:\(expected)") == true, "\(found)")
    }

    @Test("no name twice, and one keytab for the whole process")
    func several() {
        let kerberos = { (keytab: String) in
            "directory: { servers: [ldaps://a.example.org], bind: { mechanism: gssapi, keytab: \(keytab) } }"
        }
        func both(_ names: (String, String), _ keytabs: (String, String)) -> [String] {
            let entries = [(names.0, keytabs.0), (names.1, keytabs.1)].map { name, keytab in
                "  - { name: \(name), \(kerberos(keytab)), \(Self.users), \(Self.match) }"
            }
            return Sample.faults(Sample.changing(to: "alsoWrite:\n" + entries.joined(separator: "\n")))
        }
        #expect(both(("a", "b"), ("/k", "/k")) == [])
        #expect(
            both(("a", "a"), ("/k", "/k"))
                == ["latchkey.yaml:10:5: alsoWrite[1]: a directory named 'a' stands above already; rename one"]
        )
        #expect(
            both(("a", "b"), ("/k", "/other")) == [
                "latchkey.yaml:10:5: alsoWrite[1]: has another keytab than a directory before it; Kerberos has one "
                    + "for the whole process"
            ]
        )
    }

    @Test(
        "--check looks at the secrets of each directory",
        arguments: ["simple, dn: \"cn=a\"", "scram-sha-256, user: a"]
    )
    func secrets(mechanism: String) {
        let directory =
            "directory: { servers: [ldaps://ad.example.org], "
            + "bind: { mechanism: \(mechanism), password: \"file:/nonexistent\" } }"
        let text = Sample.changing(to: Self.entry("name: ad", directory, Self.users, Self.match))
        let report = ConfigurationFile.check(text: text, name: "l.yaml", environment: [:], names: FakeNames())
        #expect(report.faults.map(\.path) == ["alsoWrite[0].directory.bind.password"], "\(report)")
    }
}
