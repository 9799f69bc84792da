import Foundation

/// How long a message waits after each failure: twice as long each time, up to a limit, with jitter so that the
/// messages of an outage do not all come back in the same moment.
enum RetryDelay {
    static let first: TimeInterval = 1
    static let longest: TimeInterval = 60

    /// - Parameters:
    ///   - failures: in a row before this one.
    ///   - random: 0 ..< 1. The wait is between half of the full wait and all of it.
    /// - Returns: seconds.
    static func after(failures: Int, random: Double) -> TimeInterval {
        // 2^6 seconds are over the limit already: no need to shift further.
        let full = min(first * Double(1 << min(max(failures, 0), 6)), longest)
        return full * (0.5 + random / 2)
    }
}
