/// How long to wait after each failure in a row: twice as long each time, up to a limit, with jitter so that many
/// hosts do not come back to a server at the same moment.
struct BackOff: Sendable, Equatable {
    static let first = Duration.milliseconds(500)
    static let longest = Duration.seconds(30)

    private(set) var failures = 0

    /// - Parameter random: 0 ..< 1. The wait is between half of the full wait and all of it.
    mutating func next(random: Double) -> Duration {
        // 2^6 halves of a second are over the limit already: no need to shift further.
        let full = min(Self.first * (1 << min(failures, 6)), Self.longest)
        failures += 1
        return full * (0.5 + random / 2)
    }

    mutating func reset() { failures = 0 }
}
