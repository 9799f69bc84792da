/// One attempt to connect: the socket, StartTLS where asked for, the handshake. Blocks.
struct ConnectionOpening: Sendable {
    let server: LDAPServer
    let tls: TLSOptions
    let deadline: ContinuousClock.Instant
    private let socketGuard = SocketGuard()

    init(server: LDAPServer, tls: TLSOptions, deadline: ContinuousClock.Instant) {
        self.server = server
        self.tls = tls
        self.deadline = deadline
    }

    /// May be called from anywhere; ``run()`` then ends soon.
    func cancel() { socketGuard.cancel() }

    /// The same on the queue of the connection to be. The resolver cannot be ended from outside: when it takes longer
    /// than the deadline, it is left alone.
    func run(on executor: QueueExecutor) async throws(LDAPError) -> LDAPConnection {
        try await BlockingCall.run(
            on: executor.queue,
            until: deadline + Self.grace,
            late: LDAPError(.timeout, operation: "connect", server: server.uri, diagnostic: "the name is not resolved")
        ) { () throws(LDAPError) in
            try LDAPConnection(executor, try run())
        }
    }

    /// So that what blocks and knows why may say so first.
    private static let grace = Duration.milliseconds(250)

    func run() throws(LDAPError) -> LDAPHandle {
        let connector = SocketConnector(server: server, deadline: deadline, loopbackOnly: isClearText)
        let handle = try LDAPHandle(adopting: try connector.connect(), server: server)
        try watched(handle.socket) { () throws(LDAPError) in
            if usesStartTLS { try handle.requestStartTLS(deadline: deadline) }
            if usesTLS { try handle.installTLS(tls) }
            try handle.becomeAsynchronous()
        }
        return handle
    }

    /// Ends what blocks on the socket at the deadline, and says so then.
    func watched<Value>(_ socket: Int32, _ exchange: () throws(LDAPError) -> Value) throws(LDAPError) -> Value {
        defer { socketGuard.release() }
        socketGuard.watch(socket, until: deadline)
        let value: Value
        do throws(LDAPError) { value = try exchange() } catch { throw explained(error) }
        guard socketGuard.verdict == .inTime else { throw explained(LDAPError(.serverDown, operation: "connect")) }
        return value
    }

    /// What ended the exchange from outside is the reason, not the broken socket that the library saw.
    private func explained(_ error: LDAPError) -> LDAPError {
        let code: ResultCode
        switch socketGuard.verdict {
        case .inTime: return error
        case .deadlinePassed: code = .timeout
        case .cancelled: code = .cancelled
        }
        let what = usesTLS ? "the server accepted the connection and did not finish the TLS handshake" : ""
        return LDAPError(code, operation: "connect", server: server.uri, diagnostic: code == .timeout ? what : "")
    }

    var usesStartTLS: Bool {
        if case .ldap = server.transport { tls.startTLS } else { false }
    }

    private var usesTLS: Bool {
        if case .ldaps = server.transport { true } else { usesStartTLS }
    }

    private var isClearText: Bool {
        if case .ldap = server.transport { !tls.startTLS } else { false }
    }
}
