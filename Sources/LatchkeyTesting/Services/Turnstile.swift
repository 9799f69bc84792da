import Synchronization

/// Holds callers until the test lets them go, and tells the test that one has come.
package final class Turnstile: Sendable {
    private struct State {
        var isOpen = true
        var held: [CheckedContinuation<Void, Never>] = []
        var arrivals = 0
        var watchers: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    package init() {}

    package func close() { state.withLock { $0.isOpen = false } }

    package func open() {
        let held = state.withLock { state in
            state.isOpen = true
            defer { state.held = [] }
            return state.held
        }
        for caller in held { caller.resume() }
    }

    /// Called by the fake: returns at once while the turnstile is open.
    package func pass() async {
        await withCheckedContinuation { caller in
            let (goes, watchers) = state.withLock { state in
                if state.isOpen { return (true, [CheckedContinuation<Void, Never>]()) }
                state.held.append(caller)
                state.arrivals += 1
                defer { state.watchers = [] }
                return (false, state.watchers)
            }
            if goes { caller.resume() }
            for watcher in watchers { watcher.resume() }
        }
    }

    /// Returns once somebody is held.
    package func somebodyWaits() async {
        await withCheckedContinuation { watcher in
            let isThere = state.withLock { state in
                if state.arrivals > 0 { return true }
                state.watchers.append(watcher)
                return false
            }
            if isThere { watcher.resume() }
        }
    }
}
