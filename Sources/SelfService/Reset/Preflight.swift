import Identity

/// What stands in the way of a write, read live immediately before it.
enum Preflight {
    /// - Returns: nil when the write may be made.
    static func refusal(_ account: LiveAccount, policies: PolicySet) -> RefusalReason? {
        // Who is taken out of a protected group among too many removals stays protected until those are released.
        let roles = account.user.roles + (account.doubt?.roles ?? [])
        if account.isProtected || policies.isProtected(roles: roles) { return .accountProtected }
        switch account.user.account.state {
        case .deleted: return .accountGone
        case .disabled: return .accountDisabled
        case .expired: return .accountExpired
        case .active, .locked: break
        }
        // OpenLDAP clears an administrator's lock with any password write: it must be looked at first.
        return account.user.account.lock == .administrator ? .administratorLock : nil
    }
}
