import LDAPClient
import Testing

@Suite("A filter")
struct FilterTests {
    @Test("escapes every character that could end a value or mean something in it")
    func escaping() {
        #expect(Filter.equal("uid", "*)(uid=*").text == #"(uid=\2a\29\28uid=\2a)"#)
        #expect(Filter.equal("uid", "a\\b\u{0}ü").text == #"(uid=a\5cb\00\c3\bc)"#)
        #expect(Filter.contains("cn", "*").text == #"(cn=*\2a*)"#)
        #expect(Filter.prefix("cn", "(").text == #"(cn=\28*)"#)
        #expect(Filter.equal("objectGUID", octets: [0, 255]).text == #"(objectGUID=\00\ff)"#)
    }

    @Test("is composed")
    func composed() {
        let filter = Filter.and([.present("uid"), .or([.equal("a", "1"), .not(.equal("b", "2"))])])
        #expect(filter.text == "(&(uid=*)(|(a=1)(!(b=2))))")
    }

    @Test(
        "that an operator wrote is taken as it is",
        arguments: [
            "(objectClass=inetOrgPerson)", "(&(a=1)(|(b=2)(!(c=3))))", "(cn=a*b*c)", "(a>=1)", "(a<=1)", "(a~=b)",
            "(member:1.2.840.113556.1.4.1941:=cn=x,dc=y)", "(cn:dn:2.5.13.2:=x)", "(:caseExactMatch:=x)", "(cn:=x)",
            #"(cn=a\2ab)"#, "(cn;lang-de=ü)", "(cn=)", "(&)",
        ]
    )
    func valid(_ text: String) throws {
        #expect(try Filter(text).text == text)
    }

    @Test(
        "that is not one is refused with the place",
        arguments: [
            "", "uid=a", "(uid=a", "(uid=a))", "(uid)", "(=a)", "(&(a=1)", "(!(a=1)(b=2))", "(uid=a(b)", #"(uid=\)"#,
            #"(uid=\zz)"#,
            "(uid=**)", "(a>=*)", "(uid=a)(b=c)", "(u id=a)", "(:=x)", "(cn::=x)", "(uid=a\u{0})", " (uid=a)",
            String(repeating: "(!", count: 40) + "(a=b)" + String(repeating: ")", count: 40),
        ]
    )
    func invalid(_ text: String) {
        let error = #expect(throws: LDAPError.self) { try Filter(text) }
        #expect(error?.code == .invalidArgument && error?.diagnostic.contains("at byte") == true)
    }

    @Test("names only attributes", arguments: ["", "a b", "a)(b", "ü", String(repeating: "a", count: 300)])
    func attributes(_ text: String) {
        #expect(throws: LDAPError.self) { try AttributeName(text) }
    }
}
