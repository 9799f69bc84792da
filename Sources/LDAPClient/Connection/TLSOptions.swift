/// How a connection is protected. The peer's certificate is always verified; there is no way to turn it off.
package struct TLSOptions: Sendable, Hashable {
    /// The file of the CA certificates that are trusted (PEM).
    package var certificateAuthorities: String
    /// On `ldap://`: StartTLS before anything else (RFC 4511, 4.14). A refusal ends the connection.
    package var startTLS: Bool

    package init(
        certificateAuthorities: String = "/etc/ssl/certs/ca-certificates.crt",
        startTLS: Bool = false
    ) {
        self.certificateAuthorities = certificateAuthorities
        self.startTLS = startTLS
    }
}
