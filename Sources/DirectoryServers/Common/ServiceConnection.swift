import LDAPClient

/// Opens connections to the server in use, see ``ServerDirectory``.
struct ServiceConnector: Sendable {
    let settings: DirectorySettings

    /// Bound as the service account, for following. Ends with `superseded` when everybody goes to another server;
    /// then connect again.
    func connect() async throws(LDAPError) -> LDAPConnection {
        try await settings.serverDirectory.connect(as: settings.credentials, for: .following)
    }

    /// Bound as the service account, for requests.
    func connectForRequests() async throws(LDAPError) -> LDAPConnection {
        try await settings.serverDirectory.connect(as: settings.credentials, for: .requests)
    }

    /// For binding as somebody else.
    func connectUnbound() async throws(LDAPError) -> LDAPConnection {
        try await settings.serverDirectory.connect(as: nil, for: .requests)
    }
}
