import LDAPClient
import Synchronization

/// A connection that was asked for before anybody could use it: the directory answers while the databases are opened.
final class EarlyConnection: Sendable {
    private struct Begun {
        let at: ContinuousClock.Instant
        let connection: Task<LDAPConnection, any Error>
    }

    private let begun = Mutex<Begun?>(nil)
    private let freshFor: Duration

    /// - Parameter freshFor: after this a server may have closed it for idleness, which would look like a fault.
    init(freshFor: Duration = .seconds(5)) { self.freshFor = freshFor }

    /// Begins, once; returns at once.
    func begin(_ connector: ServiceConnector) {
        begun.withLock { begun in
            if begun == nil { begun = Begun(at: .now, connection: Task { try await connector.connect() }) }
        }
    }

    /// What was begun, and otherwise, or where that is too old, a new one.
    /// - Throws: `LDAPError`, of that one attempt.
    func take(orBy connector: ServiceConnector) async throws -> LDAPConnection {
        let early = begun.withLock { begun in
            defer { begun = nil }
            return begun
        }
        guard let early else { return try await connector.connect() }
        let connection = try await withTaskCancellationHandler {
            try await early.connection.value
        } onCancel: {
            early.connection.cancel()
        }
        guard early.at.duration(to: .now) > freshFor else { return connection }
        await connection.close()
        return try await connector.connect()
    }
}
