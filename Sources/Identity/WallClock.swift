package import Foundation

/// Where the time comes from: the wall clock in production, a clock that the test turns in tests.
package protocol WallClock: Sendable {
    var now: Date { get }
}

/// The system's wall clock.
package struct SystemWallClock: WallClock {
    package init() {}
    package var now: Date { Date() }
}
