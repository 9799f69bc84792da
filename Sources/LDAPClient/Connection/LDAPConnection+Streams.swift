import Dispatch
import Synchronization

/// What a search gives at a time.
enum MessageStep: Sendable {
    case batch([ServerMessage])
    case end(ServerMessage)
}

extension LDAPConnection {
    /// Sends a search whose answers ``nextMessages(of:until:)`` hands out.
    func start(
        _ request: SearchRequest,
        _ controls: [RequestControl],
        operation: String,
        until deadline: ContinuousClock.Instant
    ) throws(LDAPError) -> MessageStream {
        let id = try send(operation, until: deadline) { handle throws(LDAPError) in
            try handle.sendSearch(request, controls)
        }
        searches[id] = MessageBuffer(operation: operation)
        return MessageStream(connection: self, id: id)
    }

    /// Waits until something has arrived.
    func nextMessages(of id: Int32, until deadline: ContinuousClock.Instant?) async throws(LDAPError) -> MessageStep {
        if searches[id]?.isReadable == false { await waitForMessages(of: id, until: deadline) }
        guard let operation = searches[id]?.operation else { throw gone("search") }
        if let batch = searches[id]?.takeMessages(), !batch.isEmpty {
            relieve()
            return .batch(batch)
        }
        switch searches[id]?.ending {
        case .success(let message):
            forget(id)
            return .end(message)
        case .failure(var error):
            error.operation = operation
            throw error
        case nil: throw gone(operation)
        }
    }

    private func gone(_ operation: String) -> LDAPError {
        LDAPError(.cancelled, operation: operation, server: server.uri)
    }

    private func waitForMessages(of id: Int32, until deadline: ContinuousClock.Instant?) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                guard searches[id] != nil else { return continuation.resume() }
                searches[id]?.wait(continuation, until: deadline)
                if Task.isCancelled { return stop(id, .cancelled) }
                if let deadline { look(at: deadline) }
            }
        } onCancel: {
            later { $0.stop(id, .cancelled) }
        }
    }

    /// Gives a search up: tells the server, drops what arrived.
    func stop(_ id: Int32, _ code: ResultCode) {
        guard let buffer = searches[id] else { return }
        if buffer.ending == nil, failure == nil { handle.abandon(id) }
        searches[id]?.discard(LDAPError(code, operation: buffer.operation, server: server.uri))
        relieve()
    }

    /// Nobody reads this search any more.
    func forget(_ id: Int32) {
        stop(id, .cancelled)
        searches[id] = nil
        relieve()
    }
}

/// A reader's hold on a search. When it goes, the search is abandoned.
final class MessageStream: Sendable {
    let connection: LDAPConnection
    let id: Int32
    /// Whether the connection has nothing of it any more.
    let isOver = Atomic(false)

    init(connection: LDAPConnection, id: Int32) {
        self.connection = connection
        self.id = id
    }

    deinit {
        guard !isOver.load(ordering: .relaxed) else { return }
        let (connection, id) = (connection, id)
        connection.executor.queue.async { connection.assumeIsolated { $0.forget(id) } }
    }
}
