import Foundation
import Identity
import Synchronization

/// The system's clock, until it is set forward.
final class LeapingClock: WallClock {
    private let ahead = Mutex<TimeInterval>(0)

    var now: Date { Date().addingTimeInterval(ahead.withLock { $0 }) }

    func leap(_ seconds: TimeInterval) { ahead.withLock { $0 += seconds } }
}
