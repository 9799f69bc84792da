import Synchronization

/// Lets the next events be read and decoded while these are written. Bounded, so that a slow disk makes the feed
/// wait, and through it the server.
final class StagingQueue: Sendable {
    /// Events that wait for the writer or are being written.
    static let limit = 4

    private struct State {
        var open = 0
        var failure: (any Error)?
        /// Whoever waits for room or for the end: the one engine.
        var waiter: (most: Int, continuation: CheckedContinuation<Void, Never>)?
    }

    private let state = Mutex(State())

    /// Waits for room and takes it. ``leave(_:)`` must follow.
    /// - Throws: why an earlier event of the generation was not written.
    func enter() async throws {
        await wait(atMost: Self.limit - 1)
        try state.withLock { state in
            if let failure = state.failure { throw failure }
            state.open += 1
        }
    }

    func leave(_ failure: (any Error)?) {
        let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
            state.open -= 1
            if state.failure == nil { state.failure = failure }
            guard let waiter = state.waiter, state.open <= waiter.most else { return nil }
            state.waiter = nil
            return waiter.continuation
        }
        waiter?.resume()
    }

    /// Waits until all is written, and forgets a failure.
    /// - Returns: why one of the events was not written.
    func drain() async -> (any Error)? {
        await wait(atMost: 0)
        return state.withLock { $0.failure.take() }
    }

    private func wait(atMost most: Int) async {
        await withCheckedContinuation { continuation in
            let isNow = state.withLock { state in
                guard state.open > most else { return true }
                state.waiter = (most, continuation)
                return false
            }
            if isNow { continuation.resume() }
        }
    }
}
