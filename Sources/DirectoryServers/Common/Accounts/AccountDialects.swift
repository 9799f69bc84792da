import LDAPClient
import Synchronization

/// Which dialect each server speaks, as its root DSE said when the last connection was opened.
final class AccountDialects: Sendable {
    private let settings: DirectorySettings
    private let known = Mutex<[LDAPServer: any AccountDialect]>([:])

    init(_ settings: DirectorySettings) {
        self.settings = settings
    }

    /// Asks the server behind a new connection.
    /// - Throws: `unwillingToPerform` where accounts of that product cannot be written.
    func learn(from connection: LDAPConnection) async throws(LDAPError) {
        let dialect = try await dialect(connection)
        known.withLock { $0[connection.server] = dialect }
    }

    /// Of a connection from which ``learn(from:)`` has learnt.
    func of(_ connection: LDAPConnection) async throws(LDAPError) -> any AccountDialect {
        if let dialect = known.withLock({ $0[connection.server] }) { return dialect }
        return try await dialect(connection)
    }

    private func dialect(_ connection: LDAPConnection) async throws(LDAPError) -> any AccountDialect {
        let root = try await connection.rootDSE()
        let product = settings.product ?? DirectoryProduct(root)
        switch product {
        case .openLDAP:
            return OpenLDAPDialect(
                settings: settings,
                namingContexts: root.namingContexts,
                hasPasswordPolicy: root.supportsPasswordPolicy
            )
        case .directoryServer389: return DirectoryServer389Dialect(settings: settings)
        case .activeDirectory: return try ActiveDirectoryDialect(root, on: connection.server)
        case .other:
            throw LDAPError(
                .unwillingToPerform,
                operation: "accounts",
                server: connection.server.uri,
                diagnostic: "what is a lock on \(product.title) is not known; if it is one of the known products, "
                    + "name it in directory.product"
            )
        }
    }
}
