import LDAPClient
import LatchkeyTesting
import Testing

@Suite("A connection")
struct ConnectionTests {
    @Test("stands over ldap, StartTLS, ldaps and ldapi, and binds", arguments: ["ldap", "starttls", "ldaps", "ldapi"])
    func transports(_ kind: String) async throws {
        try await withSlapd { slapd in
            let uri = ["ldaps": slapd.tlsURI, "ldapi": slapd.socketURI][kind] ?? slapd.uri
            let connection = try await LDAPConnection.open(
                try LDAPServer(uri),
                tls: TLSOptions(certificateAuthorities: slapd.authorityFile, startTLS: kind == "starttls")
            )
            try await connection.bind(try service(slapd))
            #expect(try await connection.whoAmI() == "dn:\(slapd.service)")
            let dse = try await connection.rootDSE()
            #expect(dse.namingContexts == [slapd.suffix])
            #expect(dse.supportsContentSync && dse.supportsPasswordModify && dse.supportsPasswordPolicy)
        }
    }
}
