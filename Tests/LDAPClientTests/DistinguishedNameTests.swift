import LDAPClient
import Testing

@Suite("A distinguished name")
struct DistinguishedNameTests {
    @Test(
        "failure mode 12: has one canonical form for all its spellings",
        arguments: [
            (
                [
                    "uid=alice,ou=people,dc=example,dc=com", "UID=Alice, OU=People , DC = example,dc=COM",
                    "userid=alice;ou=people;dc=example;dc=com",
                ], "uid=alice,ou=people,dc=example,dc=com"
            ),
            (
                [
                    #"cn=Smith\, Anna,o=x"#, #"cn=Smith\2C Anna,o=x"#, #"cn="Smith, Anna",o=x"#,
                    #"cn=smith\2c  anna,o=X"#,
                ], #"cn=smith\, anna,o=x"#
            ),
            (
                [
                    #"cn=Mu\CC\88ller,o=x"#, "cn=Müller,o=x", #"cn=M\C3\BCller,o=x"#, #"cn=M\c3\bcLLER,o=x"#,
                    "cn=#0c074dc3bc6c6c6572,o=x",
                ], "cn=müller,o=x"
            ),
            (["cn=a+uid=b,o=x", "uid=B + cn=A,o=x", "UID=b+CN=a , O=x"], "cn=a+uid=b,o=x"),
            ([#"cn=\ a\ ,o=x"#, "cn=a,o=x", "2.5.4.3=A,o=x", "OID.2.5.4.3=a,o=x"], "cn=a,o=x"),
            (["cn=\\#1,o=x", "cn=\\231,o=x"], "cn=\\#1,o=x"),
            ([#"cn=a\00b,o=x"#], #"cn=a\00b,o=x"#),
            (["", " "], ""),
            (["cn=,o=x", "cn= ,o=x"], "cn=,o=x"),
        ]
    )
    func canonical(_ spellings: [String], _ expected: String) throws {
        for spelling in spellings {
            let canonical = try DistinguishedName.canonical(spelling)
            #expect(canonical == expected, "\(spelling)")
            #expect(Array(canonical.utf8) == Array(expected.precomposed.utf8))
            #expect(try DistinguishedName(spelling).canonical == canonical)
            #expect(try DistinguishedName.canonical(canonical) == canonical)
        }
    }

    @Test("failure mode 12: of different entries stays different")
    func different() throws {
        let names = [
            "cn=a,o=x", "cn=a b,o=x", "cn=ab,o=x", #"cn=a\,b,o=x"#, "cn=a,cn=b,o=x", "cn=a+cn=b,o=x",
            #"cn=a\+cn\=b,o=x"#,
            #"cn=a\\,o=x"#, #"cn=a\\\,o=x,o=x"#,
        ]
        #expect(Set(try names.map { try DistinguishedName.canonical($0) }).count == names.count)
    }

    @Test(
        "is refused where it is none",
        arguments: [
            "alice", "=x", "cn=a,", "cn=a,,o=x", #"cn=a\"#, #"cn=a\zz"#, "cn=a<b", "cn=#0", "cn=\"a", "cn=a\u{0}",
            "c n=a",
        ]
    )
    func invalid(_ text: String) {
        #expect(throws: LDAPError.self) { try DistinguishedName(text) }
        #expect(throws: LDAPError.self) { try DistinguishedName.canonical(text) }
    }

    @Test("gets its parts escaped", arguments: ["a,b", "a+b", " a ", "#a", #"a\b"#, "a\u{0}b", "ü", "a=b", "<\">"])
    func appending(_ value: String) throws {
        let base = try DistinguishedName("ou=people,dc=example")
        let name = base.appending("uid", value)
        #expect(try DistinguishedName(name.text) == name)
        #expect(name.isDescendant(of: base))
        #expect(name.text.hasSuffix(",ou=people,dc=example"))
        #expect(DistinguishedName.root.appending("dc", "x").text == "dc=x")
    }

    @Test("knows what lies below it")
    func descendants() throws {
        let people = try DistinguishedName("ou=People,dc=example")
        #expect(try DistinguishedName("uid=a,ou=x,OU=people, DC=example").isDescendant(of: people))
        #expect(!people.isDescendant(of: people))
        #expect(try !DistinguishedName("uid=a,ou=morepeople,dc=example").isDescendant(of: people))
        #expect(try !DistinguishedName(#"uid=a\,ou=people,dc=example"#).isDescendant(of: people))
        #expect(people.isDescendant(of: .root))
    }
}

extension String {
    fileprivate var precomposed: String { replacing("u\u{308}", with: "ü") }
}
