/// One connection to the directory: where it starts from and what it is for.
struct SyncAttempt: Sendable, Equatable {
    enum Purpose: Sendable, Equatable {
        /// Catch up from the cookies, then follow.
        case follow
        /// Read everything again, then follow.
        case full
        /// Read everything again, say what it would change, and change nothing.
        case dryRun
    }

    var purpose: Purpose
    var cookies: [SyncScope: SyncCookie]

    var mode: FollowMode { purpose == .dryRun ? .refreshOnly : .refreshAndPersist }

    var resumed: Set<SyncScope> { Set(cookies.keys) }

    /// Whether the attempt is as good as what was asked for.
    func serves(full: Bool, dryRun: Bool) -> Bool {
        if dryRun { return purpose == .dryRun }
        return purpose != .dryRun && (!full || cookies.isEmpty)
    }

    /// A scope that was read without a cookie is complete content, whatever the server calls it: what was not
    /// delivered is gone (389-ds ends the first content with a delete phase).
    func kind(_ scope: SyncScope, said kind: RefreshKind) -> RefreshKind {
        resumed.contains(scope) ? kind : .presentPhase
    }
}
