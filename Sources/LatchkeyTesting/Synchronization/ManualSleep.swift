import Synchronization

/// Waits that end when the test says so or when they are cancelled.
package final class ManualSleep: Sendable {
    private struct State {
        var durations: [Duration] = []
        var sleepers: [Int: AsyncStream<Void>.Continuation] = [:]
    }

    private let state = Mutex(State())

    package init() {}

    /// How long each wait was to be.
    package var durations: [Duration] { state.withLock { $0.durations } }

    package func sleep(_ duration: Duration) async throws {
        let (stream, continuation) = AsyncStream<Void>.makeStream()
        let index = state.withLock { state in
            state.durations.append(duration)
            state.sleepers[state.durations.count] = continuation
            return state.durations.count
        }
        for await _ in stream { break }
        state.withLock { $0.sleepers[index] = nil }
        try Task.checkCancellation()
    }

    /// Ends all waits.
    package func release() { state.withLock { for sleeper in $0.sleepers.values { sleeper.yield() } } }
}
