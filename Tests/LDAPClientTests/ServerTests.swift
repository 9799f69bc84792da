import LDAPClient
import Testing

@Suite("A server's URI")
struct ServerTests {
    @Test("is taken apart")
    func valid() throws {
        #expect(try LDAPServer("ldap://a.example").transport == .ldap(host: "a.example", port: 389))
        #expect(try LDAPServer("LDAPS://a.example/").transport == .ldaps(host: "a.example", port: 636))
        #expect(try LDAPServer("ldaps://127.0.0.1:1636").transport == .ldaps(host: "127.0.0.1", port: 1636))
        #expect(try LDAPServer("ldap://[::1]:389").transport == .ldap(host: "::1", port: 389))
        #expect(try LDAPServer("ldap://[::1]").transport == .ldap(host: "::1", port: 389))
        #expect(try LDAPServer("ldapi://%2Frun%2fslapd%2Fldapi/").transport == .ldapi(path: "/run/slapd/ldapi"))
    }

    @Test(
        "that is none is refused",
        arguments: [
            "", "a.example", "http://a.example", "ldap://", "ldap://a:0", "ldap://a:65536", "ldap://a:b",
            "ldap://a/dc=x",
            "ldap://u@a", "ldap://a b", "ldap://[::1", "ldap://[::1]x", "ldapi://run", "ldapi://", "ldapi://%2",
            "ldapi://%2Fa%00",
            "ldap://a:1:2",
        ]
    )
    func invalid(_ text: String) {
        let error = #expect(throws: LDAPError.self) { try LDAPServer(text) }
        #expect(error?.code == .invalidArgument)
    }
}
