import Foundation
import Identity
import LDAPClient

/// The state of an account from slapd's operational attributes, computed for a moment.
enum OpenLDAPAccountState {
    /// draft-behera-ldap-password-policy-10, 5.3.3: locked for ever, by an administrator.
    static let administratorLock = "000001010000Z"

    /// - Parameter lockoutDuration: seconds after which a lock by failed attempts opens by itself; 0: never.
    static func status(_ entry: SearchEntry, now: Date, lockoutDuration: Int = 0) -> AccountStatus {
        status(
            lockedTime: entry.string(OpenLDAPAttributes.lockedTime),
            startTime: entry.string(OpenLDAPAttributes.startTime),
            endTime: entry.string(OpenLDAPAttributes.endTime),
            now: now,
            lockoutDuration: lockoutDuration
        )
    }

    static func status(
        lockedTime: String?,
        startTime: String? = nil,
        endTime: String? = nil,
        now: Date,
        lockoutDuration: Int
    ) -> AccountStatus {
        let (lock, since, lockEnds) = lock(lockedTime, lockoutDuration: lockoutDuration)
        let end = endTime.flatMap(GeneralizedTime.date)
        // A beginning that cannot be read may be still to come.
        let start = startTime.map { GeneralizedTime.date($0) ?? .distantFuture }
        let state: AccountStatus.State =
            if let start, start > now { .disabled } else { lock == .unlocked ? .active : .locked }
        var status = AccountStatus(
            state: state,
            lock: lock,
            since: state == .locked ? since : nil,
            times: AccountTimes(lockEnds: lockEnds, starts: start == .distantFuture ? nil : start, ends: end)
        ).asOf(now)
        // An end that cannot be read may be over.
        if endTime != nil, end == nil {
            status.state = .expired
            status.since = nil
            status.times.starts = nil
        }
        return status
    }

    private static func lock(
        _ lockedTime: String?,
        lockoutDuration: Int
    ) -> (lock: LockState, since: Date?, ends: Date?) {
        guard let lockedTime else { return (.unlocked, nil, nil) }
        // The year 0 does not parse as any usable date; it means an administrator.
        guard lockedTime != administratorLock, let since = GeneralizedTime.date(lockedTime) else {
            return (.administrator, nil, nil)
        }
        let ends = lockoutDuration == 0 ? nil : since.addingTimeInterval(TimeInterval(lockoutDuration))
        return (.failedAttempts, since, ends)
    }
}
