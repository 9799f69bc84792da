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
        if let lockedTime {
            // The year 0 does not parse as any usable date; it means an administrator.
            guard lockedTime != administratorLock, let since = GeneralizedTime.date(lockedTime) else {
                return AccountStatus(state: .locked, lock: .administrator)
            }
            let opens = since.addingTimeInterval(TimeInterval(lockoutDuration))
            if lockoutDuration == 0 || opens > now {
                return AccountStatus(state: .locked, lock: .failedAttempts, since: since)
            }
        }
        if let end = endTime.flatMap(GeneralizedTime.date), end <= now {
            return AccountStatus(state: .expired, since: end)
        }
        if let start = startTime.flatMap(GeneralizedTime.date), start > now {
            return AccountStatus(state: .disabled, since: nil)
        }
        return AccountStatus(state: .active)
    }
}
