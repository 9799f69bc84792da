package import Foundation
import Identity
import Synchronization

/// A wall clock that stands still until the test turns it.
package final class SteppedClock: WallClock {
    private let time: Mutex<Date>

    package init(_ start: Date = Date(timeIntervalSince1970: 1_800_000_000)) { time = Mutex(start) }

    package var now: Date { time.withLock { $0 } }

    package func advance(by seconds: TimeInterval) { time.withLock { $0 += seconds } }
}
