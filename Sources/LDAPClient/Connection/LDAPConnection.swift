import Dispatch
import Glibc

/// A connection to one server, with any number of operations under way at once.
///
/// All of libldap runs on the connection's own queue. A dispatch source waits on the socket, so that waiting
/// blocks nobody and an idle connection costs no CPU. Answers are handed out by message id. What arrives for
/// a search that is not read is kept up to a limit; then nothing is read from the socket any more, and the
/// server waits. **All searches of one connection must therefore be read at the same time**, each by a task of
/// its own; where that is not so, use a connection for each.
package actor LDAPConnection {
    package nonisolated let server: LDAPServer
    let executor: QueueExecutor
    let handle: LDAPHandle

    var replies: [Int32: ReplyWaiter] = [:]
    var searches: [Int32: MessageBuffer] = [:]
    /// Why the connection is of no use any more.
    var failure: LDAPError?
    /// When somebody may have waited for too long.
    var nextLook: ContinuousClock.Instant?
    private var source: ReadSource?
    private var isCongested = false

    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        unsafe executor.asUnownedSerialExecutor()
    }

    /// Connects. When this returns, TLS stands where it was asked for; nothing has been sent but its handshake.
    ///
    /// - Parameter deadline: for name resolution, connection and handshake.
    /// - Throws: `connectError`, `timeout`, `tlsFailure`, `clearTextRefused`, `cancelled`.
    package static func open(
        _ server: LDAPServer,
        tls: TLSOptions = TLSOptions(),
        deadline: Duration = .seconds(10)
    ) async throws(LDAPError) -> LDAPConnection {
        ignoreBrokenPipes
        let executor = QueueExecutor(label: "latchkey.ldap")
        let opening = ConnectionOpening(server: server, tls: tls, deadline: .now + deadline)
        let opened: Result<LDAPConnection, LDAPError> = await withTaskCancellationHandler {
            do throws(LDAPError) {
                return .success(try await opening.run(on: executor))
            } catch {
                return .failure(error)
            }
        } onCancel: {
            opening.cancel()
        }
        let connection = try opened.get()
        try await connection.startReading()
        return connection
    }

    /// libldap writes with write(2): a peer that is gone would end the process.
    private static let ignoreBrokenPipes: Void = { _ = signal(SIGPIPE, SIG_IGN) }()

    init(_ executor: QueueExecutor, _ handle: consuming LDAPHandle) throws(LDAPError) {
        self.executor = executor
        server = handle.server
        self.handle = handle
    }

    private func startReading() throws(LDAPError) {
        source = try ReadSource(handle.socket, queue: executor.queue) { [weak self] in
            self?.assumeIsolated { $0.drain() }
        }
    }

    isolated deinit {
        source?.cancel()
    }

    /// Ends every operation with `cancelled` and closes the connection. Safe to call twice.
    package func close() { close(.cancelled) }

    /// Like ``close()``; the operations end with this code.
    package func close(_ code: ResultCode, diagnostic: String = "") {
        fail(LDAPError(code, operation: "close", server: server.uri, diagnostic: diagnostic))
    }

    /// Whether it still takes requests, as far as is known.
    package var isOpen: Bool { failure == nil }

    // MARK: The pump

    /// Takes in everything that is there, until there is no more or a reader lags behind.
    func drain() {
        guard failure == nil else { return }
        do throws(LDAPError) {
            while !isCongested, let message = try handle.receive() { dispatch(message) }
        } catch {
            fail(error)
        }
        for id in searches.keys { searches[id]?.wake() }
        guard failure == nil else { return }
        isCongested ? source?.pause() : source?.resume()
    }

    private func dispatch(_ message: ServerMessage) {
        if let waiter = replies.removeValue(forKey: message.id) {
            waiter.finish(.success(message))
        } else if message.id == 0 {
            fail(disconnection(message))
        } else if searches[message.id]?.append(message) == .isFull {
            isCongested = true
        }
    }

    /// A reader has caught up: reads on.
    func relieve() {
        guard isCongested, !searches.values.contains(where: \.isFull) else { return }
        isCongested = false
        // Not at once, so that the reader gets its batch first. Not by the source alone, since libldap and TLS
        // may hold complete messages while the socket is empty.
        executor.queue.async { [weak self] in self?.assumeIsolated { $0.drain() } }
    }

    var isPaused: Bool { isCongested }

    /// Notice of Disconnection (RFC 4511, 4.4.1), or something unsolicited that we do not know.
    private func disconnection(_ message: ServerMessage) -> LDAPError {
        let result = try? OperationResult(message)
        return LDAPError(
            .serverDown,
            operation: "receive",
            server: server.uri,
            diagnostic: "the server ended the connection: \(result?.code ?? .other) \(result?.diagnostic ?? "")"
        )
    }

    func fail(_ error: LDAPError) {
        guard failure == nil else { return }
        failure = error
        source?.cancel()
        source = nil
        shutdown(handle.socket, Int32(SHUT_RDWR))
        for waiter in replies.values { waiter.finish(.failure(error)) }
        replies = [:]
        for id in searches.keys { searches[id]?.end(.failure(error)) }
    }

    /// Sends a request, to the last byte, and returns its message id.
    func send(
        _ operation: String,
        until deadline: ContinuousClock.Instant,
        _ request: (borrowing LDAPHandle) throws(LDAPError) -> Int32
    ) throws(LDAPError) -> Int32 {
        if var failure {
            failure.operation = operation
            throw failure
        }
        let id = try request(handle)
        if handle.isSending { try finishSending(operation, deadline) }
        return id
    }

    /// For the rare request that is larger than the socket's buffer. Blocks the connection's queue.
    private func finishSending(_ operation: String, _ deadline: ContinuousClock.Instant) throws(LDAPError) {
        while handle.isSending {
            var watched = pollfd(fd: handle.socket, events: Int16(POLLOUT | POLLIN), revents: 0)
            guard unsafe poll(&watched, 1, deadline.millisecondsFromNow) != 0 else {
                let error = LDAPError(.timeout, operation: operation, server: server.uri)
                fail(error)
                throw error
            }
            guard let message = try handle.receive() else { continue }
            dispatch(message)
        }
    }
}
