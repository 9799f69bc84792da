package import Logging
import Synchronization

/// What all loggers of the process write, from one place: a reload changes it.
package final class LogLevel: Sendable {
    private let state: Mutex<Logger.Level>

    package init(_ level: Logger.Level) {
        state = Mutex(level)
    }

    package var current: Logger.Level {
        get { state.withLock { $0 } }
        set { state.withLock { $0 = newValue } }
    }
}
