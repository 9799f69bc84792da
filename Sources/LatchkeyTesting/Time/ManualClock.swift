package import Foundation
import Identity
import Synchronization

/// A wall clock that stands still until the test turns it.
package final class ManualClock: WallClock {
    private let time: Mutex<Date>

    /// - Parameter start: 2025-01-01T00:00:00Z unless told otherwise.
    package init(_ start: Date = Date(timeIntervalSince1970: 1_735_689_600)) { time = Mutex(start) }

    package var now: Date { time.withLock { $0 } }

    /// - Parameter seconds: forward; negative for a clock that is set back.
    package func advance(by seconds: TimeInterval) {
        time.withLock { $0 = $0.addingTimeInterval(seconds) }
    }

    package func set(to date: Date) { time.withLock { $0 = date } }
}
