import Foundation
package import Identity
import LDAPClient
import SelfService

/// The living directory: binds, live reads, password writes and unlocks, on each product as that wants it.
package struct LiveDirectory: DirectoryAccounts {
    let settings: DirectorySettings
    let clock: any WallClock
    /// Bound as the service account.
    let service: ConnectionPool
    /// Bound as one person after another; never used for anything else.
    let people: ConnectionPool
    let dialects: AccountDialects

    package init(settings: DirectorySettings, clock: any WallClock = SystemWallClock()) {
        self.settings = settings
        self.clock = clock
        let connector = ServiceConnector(settings: settings)
        let servers = settings.serverDirectory
        let dialects = AccountDialects(settings)
        self.dialects = dialects
        service = ConnectionPool(of: servers) { () async throws(LDAPError) in
            let connection = try await connector.connectForRequests()
            do throws(LDAPError) {
                try await dialects.learn(from: connection)
                return connection
            } catch {
                await connection.close()
                throw error
            }
        }
        people = ConnectionPool(of: servers) { () async throws(LDAPError) in try await connector.connectUnbound() }
    }

    /// Closes all idle connections.
    package func close() async {
        await service.closeAll()
        await people.closeAll()
    }
}

extension DirectoryFailure {
    init(_ error: LDAPError, mayHaveWritten: Bool = false, wasAsked: Bool = true) {
        self.init(mayHaveWritten: mayHaveWritten, wasAsked: wasAsked, detail: "\(error)")
    }
}
