import LDAPClient
import LatchkeyTesting
import Testing

@Suite("A message of many TLS records")
struct LargeMessageTests {
    /// A TLS record carries at most 16 KiB (RFC 8446, 5.1).
    @Test("arrives, over each transport", arguments: ["ldap", "ldaps"])
    func arrives(_ scheme: String) async throws {
        let text = String(repeating: "x", count: 300_000)
        let person = SlapdContent.person("large", below: "dc=example,dc=com").trimmingSuffix("\n")
        let options = SlapdOptions.with {
            $0.content =
                SlapdContent.people(below: "dc=example,dc=com", passwordHash: "{SSHA}x")
                + "\n\(person)\ndescription: \(text)\n"
        }
        try await withSlapd(options) { slapd in
            let connection = try await connected(slapd, over: scheme == "ldaps" ? slapd.tlsURI : slapd.uri)
            let entry = try await connection.entry(
                try DistinguishedName(slapd.person("large")),
                attributes: ["description"],
                deadline: .seconds(10)
            )
            #expect(entry?.string("description") == text)
        }
    }
}

extension String {
    /// Without these characters at the end.
    fileprivate func trimmingSuffix(_ end: Character) -> Substring {
        var rest = self[...]
        while rest.last == end { rest.removeLast() }
        return rest
    }
}
