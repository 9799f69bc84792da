import LDAPClient

/// A few open connections, so that a request does not pay for a handshake.
actor ConnectionPool {
    private let servers: ServerDirectory
    private let open: @Sendable () async throws(LDAPError) -> LDAPConnection
    private var idle: [LDAPConnection] = []
    private static let idleLimit = 16

    init(
        of servers: ServerDirectory,
        open: @escaping @Sendable () async throws(LDAPError) -> LDAPConnection
    ) {
        self.servers = servers
        self.open = open
    }

    /// - Parameter fresh: a connection that nobody used before, after one from the pool turned out to be dead.
    func take(fresh: Bool) async throws(LDAPError) -> LDAPConnection {
        if fresh {
            let stale = idle
            idle = []
            for connection in stale { await connection.close() }
        }
        while let connection = idle.popLast() {
            if await servers.isInUse(connection.server) { return connection }
            await connection.close()
        }
        return try await open()
    }

    func giveBack(_ connection: LDAPConnection) async {
        guard idle.count < Self.idleLimit else { return await connection.close() }
        idle.append(connection)
    }

    func closeAll() async {
        for connection in idle { await connection.close() }
        idle = []
    }
}

extension ConnectionPool {
    /// Runs `body` on a connection. When one from the pool is dead, and `body` has not written anything yet,
    /// it is run once more on a fresh one.
    nonisolated func run<Value: Sendable>(
        mayRepeat: () -> Bool = { true },
        _ body: (LDAPConnection) async throws(LDAPError) -> Value
    ) async throws(LDAPError) -> Value {
        do throws(LDAPError) {
            return try await attempt(fresh: false, body)
        } catch {
            guard error.code.isConnectionLoss, mayRepeat() else { throw error }
        }
        return try await attempt(fresh: true, body)
    }

    private nonisolated func attempt<Value: Sendable>(
        fresh: Bool,
        _ body: (LDAPConnection) async throws(LDAPError) -> Value
    ) async throws(LDAPError) -> Value {
        let connection = try await take(fresh: fresh)
        do throws(LDAPError) {
            let value = try await body(connection)
            await giveBack(connection)
            return value
        } catch {
            // A refusal leaves the connection as good as before; anything else might not.
            if error.code.rawValue > 0 { await giveBack(connection) } else { await connection.close() }
            throw error
        }
    }
}

extension ResultCode {
    /// The connection is gone, as opposed to a server that answered.
    var isConnectionLoss: Bool { self == .serverDown || self == .cancelled }
}
