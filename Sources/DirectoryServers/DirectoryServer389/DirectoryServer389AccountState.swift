import Foundation
import Identity
import LDAPClient

/// The state of an account from the operational attributes of 389 Directory Server, computed for a moment.
///
/// `passwordExpirationTime` plays no part: an expired password is no expired account.
struct DirectoryServer389AccountState: Sendable {
    /// Wrong passwords until the lock (`passwordMaxFailure`); nil where `cn=config` may not be read.
    let maxFailure: Int?

    /// `accountUnlockTime` while `passwordUnlock` is off: until somebody unlocks the account.
    static let never = "19700101000000Z"

    func status(_ entry: SearchEntry, now: Date) -> AccountStatus {
        status(
            disabled: entry.string(DirectoryServer389Attributes.disabled),
            unlockTime: entry.string(DirectoryServer389Attributes.unlockTime),
            retryCount: entry.string(DirectoryServer389Attributes.retryCount),
            now: now
        )
    }

    func status(disabled: String?, unlockTime: String?, retryCount: String?, now: Date) -> AccountStatus {
        let lock: LockState = isLocked(unlockTime, retryCount, now) ? .failedAttempts : .unlocked
        let isDisabled = disabled?.lowercased() == "true"
        let ends = unlockTime == Self.never || lock == .unlocked ? nil : unlockTime.flatMap(GeneralizedTime.date)
        return AccountStatus(
            state: isDisabled ? .disabled : lock == .unlocked ? .active : .locked,
            lock: lock,
            times: AccountTimes(lockEnds: ends)
        )
    }

    /// A password reset clears the count and leaves the time: only both together are a lock.
    private func isLocked(_ unlockTime: String?, _ retryCount: String?, _ now: Date) -> Bool {
        guard let unlockTime, let count = retryCount.flatMap({ Int($0) }), count >= (maxFailure ?? 1) else {
            return false
        }
        // A time that cannot be read may be still to come.
        return unlockTime == Self.never || GeneralizedTime.date(unlockTime).map { $0 > now } ?? true
    }
}
