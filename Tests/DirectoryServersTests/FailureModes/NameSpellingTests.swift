import DirectoryServers
import Identity
import LatchkeyTesting
import Mirror
import Synchronizer
import Testing

/// SSSD#5276, graylog#1790, lsc#54: a group writes its members' names as somebody once typed them.
@Suite("Failure mode 12: names in many spellings")
struct NameSpellingTests {
    private static let people = "ou=people,dc=example,dc=com"

    private func person(_ name: String, _ login: String, _ more: String = "") -> String {
        "dn: \(name),\(Self.people)\nobjectClass: inetOrgPerson\nuid: \(login)\ncn: \(login)\nsn: x\n\(more)\n"
    }

    private func group(_ name: String, _ members: [String]) -> String {
        let lines = members.map { "member: \($0)\n" }.joined()
        return "dn: cn=\(name),ou=groups,dc=example,dc=com\nobjectClass: groupOfNames\ncn: \(name)\n\(lines)\n"
    }

    /// slapd writes names in one form; 389 Directory Server gives them as they were typed.
    @Test(
        "failure mode 12: case, spaces, escapes, UTF-8 and the order within a name do not cost a membership",
        arguments: ProductUnderTest.allCases
    )
    func members(product: ProductUnderTest) async throws {
        try await product.run { directory in
            let ldif = try #require(directory as? any LDIFDirectory)
            try await ldif.add(
                person(#"cn=Smith\, Anna"#, "anna", "cn: Smith, Anna\n")
                    + person(#"cn=M\C3\BCller"#, "mueller", "cn:: TcO8bGxlcg==\n")
                    + person("cn=multi+uid=multi", "multi")
                    + group("case", ["UID=ALICE , OU=People, DC=Example,dc=COM"])
                    + group("escapes", [#"cn=Smith\2C Anna,\#(Self.people)"#])
                    + group("utf8", [#"cn=m\c3\bcLLER,\#(Self.people)"#])
                    + group("order", ["uid=multi+cn=multi,\(Self.people)"])
            )
            try await directory.followed { (follower) async throws in
                #expect(try await follower.roles("alice") == ["all", "case", "staff"])
                #expect(try await follower.roles("anna") == ["escapes"])
                #expect(try await follower.roles("mueller") == ["utf8"])
                #expect(try await follower.roles("multi") == ["order"])
            }
        }
    }
}
