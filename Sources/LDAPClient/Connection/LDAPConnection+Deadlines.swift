import Dispatch

/// Deadlines count the server's silence: while a slow reader keeps us from reading, they move.
///
/// One timer serves all who wait, and is set again only when it rings: most waits end long before, and a connection
/// that is probed each second must not wake up again for each of those probes.
extension LDAPConnection {
    private static let respite = Duration.seconds(1)

    /// Sees to it that whoever still waits then is told.
    func look(at deadline: ContinuousClock.Instant) {
        guard nextLook.map({ deadline < $0 }) ?? true else { return }
        nextLook = deadline
        executor.queue.asyncAfter(deadline: .now() + deadline.secondsFromNow) { [weak self] in
            self?.assumeIsolated { $0.endWaits(planned: deadline) }
        }
    }

    private func endWaits(planned: ContinuousClock.Instant) {
        // An earlier look may have come between.
        guard nextLook == planned else { return }
        nextLook = nil
        let now = ContinuousClock.now
        for id in replies.filter({ $0.value.deadline <= now }).keys {
            isPaused ? replies[id]?.deadline = now + Self.respite : giveUp(id, .timeout)
        }
        for id in searches.filter({ $0.value.deadline.map { $0 <= now } ?? false }).keys {
            isPaused ? searches[id]?.deadline = now + Self.respite : stop(id, .timeout)
        }
        let deadlines = replies.values.map(\.deadline) + searches.values.compactMap(\.deadline)
        if let next = deadlines.min() { look(at: next) }
    }
}
