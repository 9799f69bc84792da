import Glibc

/// How often systemd wants to hear from the daemon before it restarts it (sd_watchdog_enabled(3)).
package struct WatchdogInterval: Sendable, Equatable {
    /// The time after which systemd calls the daemon dead.
    package let limit: Duration

    /// When to speak: twice in the limit, as systemd recommends.
    package var petEvery: Duration { limit / 2 }

    /// `nil` where no watchdog is set, or it is another process's.
    package init?(environment: [String: String]) throws(SystemdError) {
        guard let text = environment["WATCHDOG_USEC"] else { return nil }
        guard let microseconds = Int64(text), microseconds > 0 else {
            throw Self.malformed("WATCHDOG_USEC", "\"\(text)\" is not a positive number of microseconds")
        }
        if let owner = environment["WATCHDOG_PID"] {
            guard let process = pid_t(owner) else {
                throw Self.malformed("WATCHDOG_PID", "\"\(owner)\" is not a process id")
            }
            guard process == getpid() else { return nil }
        }
        limit = .microseconds(microseconds)
    }

    private static func malformed(_ variable: String, _ detail: String) -> SystemdError {
        SystemdError(code: .malformedVariable, variable: variable, detail: detail)
    }
}
