package import Foundation

/// One step of the state machine, as `latchkeyctl sync --watch` shows it.
package struct SyncTransition: Sendable, Equatable {
    /// The machine's states by name.
    package enum State: String, Sendable, Codable, CaseIterable {
        /// Nothing was tried yet.
        case starting
        /// A connection is being made and bound.
        case connecting
        /// The server's root DSE is being read.
        case probing
        /// What changed since the cookies is being read.
        case refreshing
        /// Everything is being read.
        case resyncing
        /// Changes arrive as they happen.
        case persisting
        /// Changes are asked for at intervals.
        case polling
        /// The directory is followed, and removals wait for an administrator.
        case quarantine
        /// No contact: the connection is silent, or the next attempt is waited for.
        case stale
        case stopped
    }

    /// What brought it about.
    package enum Cause: String, Sendable, Codable, CaseIterable {
        case started, requested, retried, reached, identified, caughtUp, heard, held, decided, silent, failed
        case startedOver, ended, stopped
    }

    /// Grows by one with each transition since the daemon's start.
    package var number: Int
    package var at: Date
    package var from: State
    package var to: State
    package var cause: Cause
    /// One sentence for the operator.
    package var text: String
    /// Until when the new state may last without a sign of the server; nil where nothing is waited for.
    package var deadline: Date?

    package init(
        number: Int,
        at: Date,
        from: State,
        to: State,
        cause: Cause,
        text: String,
        deadline: Date?
    ) {
        self.number = number
        self.at = at
        self.from = from
        self.to = to
        self.cause = cause
        self.text = text
        self.deadline = deadline
    }
}
