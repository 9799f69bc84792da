import Foundation
import Identity
import LDAPClient

/// The state of an account from Active Directory's attributes, computed for a moment.
enum ActiveDirectoryAccountState {
    /// UF_ACCOUNTDISABLE (MS-ADTS, 2.2.16).
    private static let disabled = 0x2
    /// UF_LOCKOUT, only in what the server computes when it is asked.
    private static let locked = 0x10

    /// With the server's own word on the lock, which knows the duration that is in effect for the person. Where it is
    /// not given, a lock counts as one that does not open by itself: then an unlock does no harm.
    static func live(_ entry: SearchEntry, now: Date) -> AccountStatus {
        let flags = entry.string(ActiveDirectoryAttributes.computedControl).flatMap { Int($0) }
        let isOpen = flags.map { $0 & locked == 0 } ?? false
        return status(
            control: entry.string(ActiveDirectoryAttributes.accountControl),
            lockoutTime: isOpen ? nil : entry.string(ActiveDirectoryAttributes.lockoutTime),
            expires: entry.string(ActiveDirectoryAttributes.accountExpires),
            now: now,
            lockoutDuration: 0
        )
    }

    /// - Parameter lockoutDuration: seconds after which a lock opens by itself; 0: never.
    static func status(_ entry: SearchEntry, now: Date, lockoutDuration: TimeInterval) -> AccountStatus {
        status(
            control: entry.string(ActiveDirectoryAttributes.accountControl),
            lockoutTime: entry.string(ActiveDirectoryAttributes.lockoutTime),
            expires: entry.string(ActiveDirectoryAttributes.accountExpires),
            now: now,
            lockoutDuration: lockoutDuration
        )
    }

    static func status(
        control: String?,
        lockoutTime: String?,
        expires: String?,
        now: Date,
        lockoutDuration: TimeInterval
    ) -> AccountStatus {
        let since = lockoutTime.flatMap(FileTime.date)
        let lock: LockState = since == nil ? .unlocked : .failedAttempts
        // Flags that cannot be read may say that the account is closed.
        let isDisabled = control.map { (Int($0) ?? disabled) & disabled != 0 } ?? false
        return AccountStatus(
            state: isDisabled ? .disabled : lock == .unlocked ? .active : .locked,
            lock: lock,
            since: isDisabled ? nil : since,
            times: AccountTimes(
                lockEnds: lockoutDuration == 0 ? nil : since?.addingTimeInterval(lockoutDuration),
                ends: expires.flatMap(FileTime.date)
            )
        ).asOf(now)
    }
}

/// Times of Active Directory: steps of 100 ns since 1601 (MS-DTYP, 2.3.3).
enum FileTime {
    private static let stepsPerSecond = 10_000_000.0
    /// Between 1601 and 1970.
    private static let secondsBeforeEpoch = 11_644_473_600.0
    private static let never = Int64.max

    /// Nil for 0 and for the greatest number, both of which mean never, and for what is no number.
    static func date(_ text: String) -> Date? {
        guard let steps = Int64(text), steps > 0, steps < never else { return nil }
        return Date(timeIntervalSince1970: Double(steps) / stepsPerSecond - secondsBeforeEpoch)
    }

    /// A length of time, which is written as a negative number; 0 where it never ends.
    static func seconds(_ text: String) -> TimeInterval {
        guard let steps = Int64(text), steps < 0, steps > Int64.min else { return 0 }
        return -Double(steps) / stepsPerSecond
    }
}
