import Foundation
package import Identity
import LDAPClient
package import SelfService

/// The living directory on OpenLDAP: binds, live reads, password writes and unlocks.
package struct OpenLDAPAccounts: DirectoryAccounts {
    let settings: DirectorySettings
    let clock: any WallClock
    /// Bound as the service account.
    let service: ConnectionPool
    /// Bound as one person after another; never used for anything else.
    let people: ConnectionPool

    package init(settings: DirectorySettings, clock: any WallClock = SystemWallClock()) {
        self.settings = settings
        self.clock = clock
        let connector = ServiceConnector(settings: settings)
        let servers = settings.serverDirectory
        service = ConnectionPool(of: servers) { () async throws(LDAPError) in
            try await Self.accepted(try await connector.connectForRequests(), as: settings.product)
        }
        people = ConnectionPool(of: servers) { () async throws(LDAPError) in try await connector.connectUnbound() }
    }

    /// What is read here as a lock, and written as an unlock, means something else on another product.
    private static func accepted(
        _ connection: LDAPConnection,
        as product: DirectoryProduct?
    ) async throws(LDAPError) -> LDAPConnection {
        do throws(LDAPError) {
            let product = if let product { product } else { DirectoryProduct(try await connection.rootDSE()) }
            guard product == .openLDAP else {
                throw LDAPError(
                    .unwillingToPerform,
                    operation: "accounts",
                    server: connection.server.uri,
                    diagnostic: "resets and unlocks on \(product.title) are not built yet"
                )
            }
            return connection
        } catch {
            await connection.close()
            throw error
        }
    }

    /// Closes all idle connections.
    package func close() async {
        await service.closeAll()
        await people.closeAll()
    }
}

// MARK: Binding as a person

extension OpenLDAPAccounts {
    package func verify(
        _ password: Password,
        of user: User?
    ) async throws(DirectoryFailure) -> PasswordVerdict {
        let dn: DistinguishedName
        do throws(LDAPError) {
            // Somebody who does not exist costs a bind too.
            dn =
                try user.map { user throws(LDAPError) in try DistinguishedName(user.dn) }
                ?? settings.users.base.appending(settings.users.login, "latchkey-\(UUID().uuidString)")
        } catch {
            throw DirectoryFailure(error)
        }
        let credentials = BindCredentials.simple(dn: dn, password: Array(password.text.utf8))
        do throws(LDAPError) {
            let policy = try await people.run { connection throws(LDAPError) in
                try await connection.bind(credentials)
            }
            return policy?.error == .changeAfterReset ? .mustChange : .right
        } catch {
            return try Self.verdict(error)
        }
    }

    private static func verdict(_ error: LDAPError) throws(DirectoryFailure) -> PasswordVerdict {
        switch error.code {
        // The password was right if the server says that it has expired: it says so after comparing.
        case .invalidCredentials: error.passwordPolicy?.error == .passwordExpired ? .mustChange : .refused
        case .noSuchObject, .insufficientAccess, .unwillingToPerform, .invalidDNSyntax, .constraintViolation:
            .refused
        default: throw DirectoryFailure(error)
        }
    }
}

extension DirectoryFailure {
    init(_ error: LDAPError, mayHaveWritten: Bool = false) {
        self.init(mayHaveWritten: mayHaveWritten, detail: "\(error)")
    }
}
