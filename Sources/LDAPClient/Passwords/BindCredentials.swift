/// As whom to bind. Does not show the password.
package struct BindCredentials: Sendable, Equatable {
    enum Mechanism: Sendable, Equatable {
        case simple(dn: DistinguishedName, password: [UInt8])
        case external(authorizationID: String)
        case scramSHA256(user: String, password: [UInt8])
        case gssapi
    }

    let mechanism: Mechanism

    /// Whether the answer to the bind can bear a control: libsasl2's exchanges hide it.
    package var isSimple: Bool { if case .simple = mechanism { true } else { false } }

    /// A name and a password (RFC 4513, 5.1.3).
    package static func simple(dn: DistinguishedName, password: [UInt8]) -> BindCredentials {
        BindCredentials(mechanism: .simple(dn: dn, password: password))
    }

    /// What the transport knows: the peer's uid on `ldapi`, the client's certificate (RFC 4513, 5.2.3).
    package static func external(authorizationID: String = "") -> BindCredentials {
        BindCredentials(mechanism: .external(authorizationID: authorizationID))
    }

    /// A user name and a password that is proven and never sent (RFC 5802, RFC 7677). The server proves in turn that
    /// it knows the password; a server that cannot ends the bind.
    package static func scramSHA256(user: String, password: [UInt8]) -> BindCredentials {
        BindCredentials(mechanism: .scramSHA256(user: user, password: password))
    }

    /// Kerberos (RFC 4752). The keys come from the keytab that KRB5_CLIENT_KTNAME names, or from the credential cache
    /// that KRB5CCNAME names; tickets are fetched anew as they expire.
    package static let gssapi = BindCredentials(mechanism: .gssapi)
}

extension BindCredentials: CustomStringConvertible, CustomReflectable {
    package var description: String {
        switch mechanism {
        case .simple(let dn, _): "simple \(dn)"
        case .external: "EXTERNAL"
        case .scramSHA256(let user, _): "SCRAM-SHA-256 \(user)"
        case .gssapi: "GSSAPI"
        }
    }

    package var customMirror: Mirror { Mirror(self, children: ["mechanism": description]) }
}
