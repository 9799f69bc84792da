/// What is known of one server. Pure: told what happened and when.
struct ServerHealth: Sendable, Equatable {
    /// Failed connections in a row. Only a connection that was bound ends the row: a server can answer a probe
    /// and still be of no use.
    private(set) var failures = 0
    private(set) var avoidedUntil: ContinuousClock.Instant?
    private var failedAt: ContinuousClock.Instant?
    /// Since when every probe was answered.
    private(set) var healthySince: ContinuousClock.Instant?

    /// - Parameters:
    ///   - begin: when the attempt began. Attempts that were under way together are one failure.
    ///   - now: on one clock with all other calls.
    mutating func failed(
        begun begin: ContinuousClock.Instant,
        at now: ContinuousClock.Instant,
        _ rules: FailoverRules
    ) {
        if let failedAt, begin < failedAt { return }
        failures += 1
        failedAt = now
        avoidedUntil = now + rules.avoidance(afterFailures: failures)
        healthySince = nil
    }

    /// A connection stands and is bound.
    mutating func connected(at now: ContinuousClock.Instant) {
        failures = 0
        avoidedUntil = nil
        if healthySince == nil { healthySince = now }
    }

    /// The server was asked for a sign of life.
    mutating func probed(answered: Bool, at now: ContinuousClock.Instant) {
        if !answered { healthySince = nil } else if healthySince == nil { healthySince = now }
    }

    func isAvoided(at now: ContinuousClock.Instant) -> Bool { avoidedUntil.map { now < $0 } ?? false }

    /// Whether it has answered for so long that going back to it is worth a new connection.
    func isSettled(at now: ContinuousClock.Instant, _ rules: FailoverRules) -> Bool {
        guard let healthySince, !isAvoided(at: now) else { return false }
        return healthySince.duration(to: now) >= rules.returnAfter
    }
}
