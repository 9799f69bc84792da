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
    /// What time alone will change.
    package var times = AccountTimes()

    package init(
        state: State,
        lock: LockState = .unlocked,
        since: Date? = nil,
        times: AccountTimes = AccountTimes()
    ) {
        self.state = state
        self.lock = lock
        self.since = since
        self.times = times
    }

    /// What this status has become by then, if the directory changed nothing. An end comes before all else: who may
    /// not use the account at all may not have it opened because it is locked as well.
    package func asOf(_ now: Date) -> AccountStatus {
        guard state != .deleted else { return self }
        var status = self
        if lock == .failedAttempts, times.lockEnds.map({ $0 <= now }) == true { status.unlock() }
        if let end = times.ends, end <= now {
            status.state = .expired
            status.since = end
        } else if state == .disabled, times.starts.map({ $0 <= now }) == true {
            status.state = status.lock == .unlocked ? .active : .locked
        }
        return status
    }

    private mutating func unlock() {
        lock = .unlocked
        guard state == .locked else { return }
        state = .active
        since = nil
    }
}

/// When the state of an account changes without anybody's doing.
package struct AccountTimes: Sendable, Equatable {
    /// When a lock by failed attempts opens by itself.
    package var lockEnds: Date?
    /// When an account that is disabled for that reason alone may be used.
    package var starts: Date?
    /// When the account expires.
    package var ends: Date?

    package init(lockEnds: Date? = nil, starts: Date? = nil, ends: Date? = nil) {
        self.lockEnds = lockEnds
        self.starts = starts
        self.ends = ends
    }
}

/// Who closed the door. Only a lock that failed attempts caused may be opened by its owner.
package enum LockState: String, Sendable, Codable, Equatable, CaseIterable {
    case unlocked
    /// Too many failed binds (`pwdAccountLockedTime` with a time, draft-behera-ldap-password-policy, 5.3.3).
    case failedAttempts
    /// An administrator's permanent lock (`pwdAccountLockedTime: 000001010000Z`): never opened here.
    case administrator
    /// Nobody has signed in for longer than the directory's policy allows (`pwdMaxIdle`, `accountInactivityLimit`): no
    /// password opens it, and only an administrator may.
    case inactivity
}
