import Foundation
import Identity

/// What stands in the way of a write, read live immediately before it.
enum Preflight {
    /// What the directory's policy would refuse whatever the new password is.
    /// - Returns: nil when a password may be written.
    static func refusal(_ account: LiveAccount, rules: DirectoryPasswordRules, now: Date) -> RefusalReason? {
        if rules.needsOldPassword { return .oldPasswordRequired }
        guard rules.minimumAge > 0, let changed = account.passwordChangedAt, !account.mustChange else { return nil }
        return now < changed.addingTimeInterval(rules.minimumAge) ? .passwordTooYoung : nil
    }

    /// - Returns: nil when the write may be made.
    static func refusal(_ account: LiveAccount, policies: PolicySet) -> RefusalReason? {
        // Who is taken out of a protected group among too many removals stays protected until those are released.
        let roles = account.user.roles + (account.doubt?.roles ?? [])
        if account.isProtected || policies.isProtected(roles: roles) { return .accountProtected }
        switch account.user.account.state {
        case .deleted: return .accountGone
        // A date that is still to come is why, where there is one.
        case .disabled: return account.user.account.times.starts == nil ? .accountDisabled : .accountNotYetValid
        case .expired: return .accountExpired
        case .active, .locked: break
        }
        // OpenLDAP clears an administrator's lock with any password write: it must be looked at first.
        switch account.user.account.lock {
        case .administrator: return .administratorLock
        case .inactivity: return .accountIdle
        case .unlocked, .failedAttempts: return nil
        }
    }
}
