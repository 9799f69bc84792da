import LDAPClient
import Synchronization

/// A connection, and how its server is followed where that is known already.
struct ReadyServer: Sendable {
    let connection: LDAPConnection
    var strategy: (any FollowingStrategy)?
}

/// A connection that was asked for before anybody could use it: the directory answers while the databases are opened.
final class EarlyConnection: Sendable {
    private struct Begun {
        let at: ContinuousClock.Instant
        let server: Task<ReadyServer, any Error>
    }

    private let begun = Mutex<Begun?>(nil)
    private let freshFor: Duration

    /// - Parameter freshFor: after this a server may have closed it for idleness, which would look like a fault.
    init(freshFor: Duration = .seconds(5)) { self.freshFor = freshFor }

    /// Begins, once; returns at once.
    func begin(_ work: @escaping @Sendable () async throws -> ReadyServer) {
        begun.withLock { begun in
            guard begun == nil else { return }
            begun = Begun(at: .now, server: Task(priority: .high, operation: work))
        }
    }

    /// What was begun, and otherwise, or where that is too old, a new one.
    /// - Throws: `LDAPError`, of that one attempt.
    func take(orBy connector: ServiceConnector) async throws -> ReadyServer {
        let early = begun.withLock { begun in
            defer { begun = nil }
            return begun
        }
        guard let early else { return ReadyServer(connection: try await connector.connect()) }
        let server = try await withTaskCancellationHandler {
            try await early.server.value
        } onCancel: {
            early.server.cancel()
        }
        guard early.at.duration(to: .now) > freshFor else { return server }
        await server.connection.close()
        return ReadyServer(connection: try await connector.connect())
    }
}
