import Synchronization

/// Lets the next events be read and decoded while these are written. Bounded, so that a slow disk makes the feed
/// wait, and through it the server.
final class StagingQueue: Sendable {
    /// Entries, in events that wait for the writer or are being written.
    static let limit = 1024
    /// Who waited for room goes on when so many are left, so that not every event that was written wakes a thread.
    static let refill = 512

    private struct State {
        var open = 0
        var failure: (any Error)?
        /// Whoever waits for room or for the end: the one engine.
        var waiter: (most: Int, continuation: CheckedContinuation<Void, Never>)?
    }

    private let state = Mutex(State())

    /// Waits until there is room for one, and takes what the event needs. ``leave(_:_:)`` must follow.
    /// - Parameter entries: how many there are in the event; at least 1 is counted.
    /// - Throws: why an earlier event of the generation was not written.
    func enter(_ entries: Int) async throws {
        await wait(while: Self.limit, until: Self.refill)
        try state.withLock { state in
            if let failure = state.failure { throw failure }
            state.open += max(entries, 1)
        }
    }

    func leave(_ entries: Int, _ failure: (any Error)?) {
        let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
            state.open -= max(entries, 1)
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
        await wait(while: 1, until: 0)
        return state.withLock { $0.failure.take() }
    }

    /// Waits where there are `full` open entries or more, until there are at most `most`.
    private func wait(while full: Int, until most: Int) async {
        await withCheckedContinuation { continuation in
            let isNow = state.withLock { state in
                guard state.open >= full else { return true }
                state.waiter = (most, continuation)
                return false
            }
            if isNow { continuation.resume() }
        }
    }
}
