package import LDAPClient

/// One item of the configured list of servers.
package enum ServerSource: Sendable, Hashable {
    case named(LDAPServer)
    /// `srv:DOMAIN`: those that DNS names.
    case discovered(ServiceDomain)

    /// As it was configured.
    package var uri: String {
        switch self {
        case .named(let server): server.uri
        case .discovered(let domain): "srv:\(domain)"
        }
    }
}
