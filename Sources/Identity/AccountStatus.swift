package import Foundation

/// Whether a directory account can be used, and if not, why.
package struct AccountStatus: Sendable, Equatable {
    package enum State: String, Sendable, Codable, CaseIterable {
        case active, locked, disabled, expired, deleted
    }

    package var state: State
    /// The kind of lock while `state` is ``State/locked``.
    package var lock: LockState
    /// When the state began, where the directory says so.
    package var since: Date?

    package init(state: State, lock: LockState = .unlocked, since: Date? = nil) {
        self.state = state
        self.lock = lock
        self.since = since
    }
}

/// Who closed the door. Only a lock that failed attempts caused may be opened by its owner.
package enum LockState: String, Sendable, Codable, Equatable {
    case unlocked
    /// Too many failed binds (`pwdAccountLockedTime` with a time, draft-behera-ldap-password-policy, 5.3.3).
    case failedAttempts
    /// An administrator's permanent lock (`pwdAccountLockedTime: 000001010000Z`): never opened here.
    case administrator
}
