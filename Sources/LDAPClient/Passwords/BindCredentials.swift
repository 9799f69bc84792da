/// As whom to bind. Does not show the password.
package struct BindCredentials: Sendable {
    enum Mechanism: Sendable {
        case simple(dn: DistinguishedName, password: [UInt8])
        case external(authorizationID: String)
    }

    let mechanism: Mechanism

    /// A name and a password (RFC 4513, 5.1.3).
    package static func simple(dn: DistinguishedName, password: [UInt8]) -> BindCredentials {
        BindCredentials(mechanism: .simple(dn: dn, password: password))
    }

    /// What the transport knows: the peer's uid on `ldapi`, the client's certificate (RFC 4513, 5.2.3).
    package static func external(authorizationID: String = "") -> BindCredentials {
        BindCredentials(mechanism: .external(authorizationID: authorizationID))
    }
}

extension BindCredentials: CustomStringConvertible, CustomReflectable {
    package var description: String {
        switch mechanism {
        case .simple(let dn, _): "simple \(dn)"
        case .external: "EXTERNAL"
        }
    }

    package var customMirror: Mirror { Mirror(self, children: ["mechanism": description]) }
}
