import LDAPClient

/// Opens connections that are bound as the service account, to the first server that answers.
struct ServiceConnector: Sendable {
    let settings: DirectorySettings
    /// For connecting, and again for the bind.
    static let deadline = Duration.seconds(10)

    func connect() async throws(LDAPError) -> LDAPConnection {
        let connection = try await connectUnbound()
        do throws(LDAPError) {
            try await connection.bind(settings.credentials, deadline: Self.deadline)
        } catch {
            await connection.close()
            throw error
        }
        return connection
    }

    /// For binding as somebody else.
    func connectUnbound() async throws(LDAPError) -> LDAPConnection {
        var failure = LDAPError(.connectError, operation: "connect", diagnostic: "no server is configured")
        for server in settings.servers {
            do throws(LDAPError) {
                return try await LDAPConnection.open(server, tls: settings.tls, deadline: Self.deadline)
            } catch {
                failure = error
            }
        }
        throw failure
    }
}
