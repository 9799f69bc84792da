import LDAPClient
import LatchkeyTesting

/// A connection to a fixture, bound as the service account.
func connected(_ slapd: SlapdFixture, over uri: String? = nil) async throws -> LDAPConnection {
    let connection = try await LDAPConnection.open(
        try LDAPServer(uri ?? slapd.uri),
        tls: TLSOptions(certificateAuthorities: slapd.authorityFile)
    )
    try await connection.bind(try service(slapd))
    return connection
}

func service(_ slapd: SlapdFixture) throws -> BindCredentials {
    .simple(dn: try DistinguishedName(slapd.service), password: Array(SlapdFixture.password.utf8))
}

/// The people, to be followed.
func people(
    _ slapd: SlapdFixture,
    _ mode: SyncSearchRequest.Mode,
    cookie: [UInt8]? = nil
) throws -> SyncSearchRequest {
    SyncSearchRequest(
        search: SearchRequest(
            base: try DistinguishedName("ou=people,\(slapd.suffix)"),
            filter: .equal("objectClass", "inetOrgPerson"),
            attributes: ["uid", "cn", "mail"]
        ),
        mode: mode,
        cookie: cookie
    )
}
