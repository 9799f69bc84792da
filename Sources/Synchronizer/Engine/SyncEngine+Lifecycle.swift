package import Foundation
package import Identity

/// Tells the state machine what happens, and everybody who watches what came of it.
extension SyncEngine {
    /// The most steps that wait for a watcher who is busy.
    private static let watcherLimit = 256

    func move(_ happening: SyncHappening) { tell(lifecycle.note(happening, at: clock.now)) }

    private func tell(_ step: SyncTransition?) {
        guard let step else { return }
        lastTransition = step
        steps.announce(step)
    }

    package func transitions() async -> AsyncStream<SyncTransition> {
        steps.listen(first: lastTransition, limit: Self.watcherLimit)
    }

    // MARK: Deadlines

    /// Ends a connection whose state has lasted too long.
    func watchDeadlines() async throws {
        while true {
            try await patience(untilDeadline())
            // While the mirror is written, nothing can be heard of the server.
            if let connection, connection.takes == 0 { try look(connection) }
        }
    }

    private func untilDeadline() -> Duration {
        guard let deadline = lifecycle.deadline else { return Self.longestLook }
        let left = Duration.seconds(deadline.timeIntervalSince(clock.now))
        return min(max(left, Self.shortestLook), Self.longestLook)
    }

    private func look(_ connection: Connection) throws {
        switch lifecycle.expire(at: clock.now) {
        case .nothing: return
        case .became(let step): tell(step)
        case .giveUp(let problem):
            let server = description.map { "\($0.server): " } ?? ""
            let failure = SyncFailure(.feed(.unreachable), server + problem)
            connection.failure = failure
            throw failure
        }
    }

    private static let shortestLook = Duration.milliseconds(100)
    private static let longestLook = Duration.seconds(60)

    // MARK: Waiting for freshness

    package func freshness(asOf time: Date, wait: Duration) async -> Freshness {
        let end = ContinuousClock.now + wait
        var found = await freshness()
        while found.asOf < time || found.state == .stale, .now < end, !Task.isCancelled {
            feed.askForContact()
            try? await Task.sleep(for: min(Self.freshnessLook, end - .now))
            found = await freshness()
        }
        return found
    }

    /// A contact, or a commit, is shown within this time.
    private static let freshnessLook = Duration.milliseconds(20)
}
