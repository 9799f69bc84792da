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
        let (lock, since) = lock(lockedTime, now: now, lockoutDuration: lockoutDuration)
        // Who may not use the account at all may not have it opened because it is locked as well.
        if let endTime {
            // An end that cannot be read may be over.
            let end = GeneralizedTime.date(endTime)
            if end.map({ $0 <= now }) ?? true { return AccountStatus(state: .expired, lock: lock, since: end) }
        }
        if let startTime, GeneralizedTime.date(startTime).map({ $0 > now }) ?? true {
            return AccountStatus(state: .disabled, lock: lock)
        }
        return AccountStatus(state: lock == .unlocked ? .active : .locked, lock: lock, since: since)
    }

    private static func lock(_ lockedTime: String?, now: Date, lockoutDuration: Int) -> (LockState, since: Date?) {
        guard let lockedTime else { return (.unlocked, nil) }
        // The year 0 does not parse as any usable date; it means an administrator.
        guard lockedTime != administratorLock, let since = GeneralizedTime.date(lockedTime) else {
            return (.administrator, nil)
        }
        let opens = since.addingTimeInterval(TimeInterval(lockoutDuration))
        return lockoutDuration == 0 || opens > now ? (.failedAttempts, since) : (.unlocked, nil)
    }
}
