import Dispatch

extension LDAPConnection {
    /// Waits for the answer to a request.
    ///
    /// - Throws: `timeout` or `cancelled`, after which it is unknown what the server did; `serverDown`.
    func reply(
        to id: Int32,
        _ operation: String,
        until deadline: ContinuousClock.Instant
    ) async throws(LDAPError) -> OperationResult {
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                replies[id] = ReplyWaiter(operation: operation, deadline: deadline, continuation: continuation)
                if Task.isCancelled { return giveUp(id, .cancelled) }
                look(at: deadline)
            }
        } onCancel: {
            later { $0.giveUp(id, .cancelled) }
        }
        return try OperationResult(of: try result.get(), operation: operation, server: server)
    }

    func giveUp(_ id: Int32, _ code: ResultCode) {
        guard let waiter = replies.removeValue(forKey: id) else { return }
        handle.abandon(id)
        waiter.finish(.failure(LDAPError(code, operation: waiter.operation, server: server.uri)))
    }

    /// Runs on the connection's queue, soon.
    nonisolated func later(_ body: @escaping @Sendable (isolated LDAPConnection) -> Void) {
        executor.queue.async { [weak self] in self?.assumeIsolated(body) }
    }
}
