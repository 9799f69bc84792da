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

    private static func person(_ name: String, _ login: String, _ more: String = "") -> String {
        "dn: \(name),\(people)\nobjectClass: inetOrgPerson\nuid: \(login)\ncn: \(login)\nsn: x\n\(more)\n"
    }

    private static func group(_ name: String, _ members: [String]) -> String {
        let lines = members.map { "member: \($0)\n" }.joined()
        return "dn: cn=\(name),ou=groups,dc=example,dc=com\nobjectClass: groupOfNames\ncn: \(name)\n\(lines)\n"
    }

    private static let ldif =
        person(#"cn=Smith\, Anna"#, "anna", "cn: Smith, Anna\n")
        + person(#"cn=M\C3\BCller"#, "mueller", "cn:: TcO8bGxlcg==\n")
        + person("cn=multi+uid=multi", "multi")
        + group("case", ["UID=ALICE , OU=People, DC=Example,dc=COM"])
        + group("escapes", [#"cn=Smith\2C Anna,\#(people)"#])
        + group("utf8", [#"cn=m\c3\bcLLER,\#(people)"#])
        + group("order", ["uid=multi+cn=multi,\(people)"])

    private func expectMembers(_ follower: Follower) async throws {
        #expect(try await follower.roles("alice") == ["all", "case", "staff"])
        #expect(try await follower.roles("anna") == ["escapes"])
        #expect(try await follower.roles("mueller") == ["utf8"])
        #expect(try await follower.roles("multi") == ["order"])
    }

    @Test(
        "failure mode 12: case, spaces, escapes, UTF-8 and the order within a name do not cost a membership",
        arguments: ProductUnderTest.standard
    )
    func members(product: ProductUnderTest) async throws {
        try await product.run { directory in
            let ldif = try #require(directory as? any LDIFDirectory)
            try await ldif.add(Self.ldif)
            try await directory.followed { try await expectMembers($0) }
        }
    }

    /// slapd and 389 Directory Server give names in a form of their own, whatever was typed. Others do not.
    @Test("failure mode 12: nor do they on a server that gives names as they were typed")
    func typed() async throws {
        try await withFaultyServer { server in
            try await server.slapd.add(Self.ldif)
            let words = [
                (#"cn=Smith\2C Anna,"#, #"CN=smith\, anna ,"#), ("cn=multi+uid=multi,", "uid=MULTI+CN=multi,"),
                ("cn=müLLER,", "CN=MüLlEr,"),
            ]
            server.proxy.inject(.rewrites(FaultyServer.groups, words))
            try await server.follow { (follower) async throws in
                try await follower.live()
                try await expectMembers(follower)
            }
        }
    }
}
