import LDAPClient
package import SelfService

// MARK: Accounts of a linked directory

extension LiveDirectory: LinkedAccounts {
    package func match(login: String) async throws(DirectoryFailure) -> AccountMatch {
        do throws(LDAPError) {
            return try await service.run { connection throws(LDAPError) in
                try await match(login, on: connection, as: dialects.of(connection))
            }
        } catch {
            throw DirectoryFailure(error)
        }
    }

    package var isAway: Bool {
        get async { await settings.serverDirectory.isAway }
    }

    /// Read by its id once more, as everywhere else: what is written is the entry of that id.
    private func match(
        _ login: String,
        on connection: LDAPConnection,
        as dialect: any AccountDialect
    ) async throws(LDAPError) -> AccountMatch {
        let bearers = SearchRequest(
            base: settings.users.base,
            filter: .and([settings.users.filter, .equal(settings.match ?? settings.users.login, login)]),
            attributes: [dialect.idAttribute],
            sizeLimit: Self.bearersMax
        )
        let entries: [SearchEntry]
        do throws(LDAPError) {
            entries = try await connection.search(bearers)
        } catch {
            // More than were asked for.
            guard error.code == .sizeLimitExceeded else { throw error }
            return .several
        }
        guard let entry = entries.first else { return .none }
        guard entries.count == 1 else { return .several }
        guard let id = dialect.id(of: entry), let found = try await read(id, on: connection, as: dialect) else {
            throw LDAPError(
                .noSuchObject,
                operation: "match",
                server: connection.server.uri,
                diagnostic:
                    "\(entry.dn) shows no \(dialect.idAttribute.text) or no \(settings.users.login.text); let the "
                    + "service account read them"
            )
        }
        return .one(found.account)
    }

    private static let bearersMax: Int32 = 2
}
