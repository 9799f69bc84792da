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
                replies[id] = ReplyWaiter(operation: operation, continuation: continuation)
                if Task.isCancelled { return giveUp(id, .cancelled) }
                expire(id, at: deadline)
            }
        } onCancel: {
            later { $0.giveUp(id, .cancelled) }
        }
        return try OperationResult(of: try result.get(), operation: operation, server: server)
    }

    private func giveUp(_ id: Int32, _ code: ResultCode) {
        guard let waiter = replies.removeValue(forKey: id) else { return }
        handle.abandon(id)
        waiter.finish(.failure(LDAPError(code, operation: waiter.operation, server: server.uri)))
    }

    /// The deadline counts the server's silence: while a slow reader keeps us from reading, it moves.
    private func expire(_ id: Int32, at deadline: ContinuousClock.Instant) {
        executor.queue.asyncAfter(deadline: .now() + deadline.secondsFromNow) { [weak self] in
            self?.assumeIsolated { connection in
                guard connection.replies[id] != nil else { return }
                if connection.isPaused {
                    connection.expire(id, at: .now + .seconds(1))
                } else {
                    connection.giveUp(id, .timeout)
                }
            }
        }
    }

    /// Runs on the connection's queue, soon.
    nonisolated func later(_ body: @escaping @Sendable (isolated LDAPConnection) -> Void) {
        executor.queue.async { [weak self] in self?.assumeIsolated(body) }
    }
}
