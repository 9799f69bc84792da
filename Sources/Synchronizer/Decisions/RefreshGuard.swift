/// Judges a refresh that the server called a success, before it is committed: a server that did not
/// understand the cookie says so by what it sends. What would be removed is judged by ``RemovalGuard``.
struct RefreshGuard: Sendable {
    enum Verdict: Sendable, Equatable {
        case commit
        case refuse(SyncFailure)
    }

    /// A delta of fewer entries is never taken for the full content.
    static let smallDelta = 3
    /// More ids that are present here and unknown to the mirror mean that the cookie was not this mirror's.
    static let unknownPresentLimit = 20

    func judge(
        _ attempt: SyncAttempt,
        _ outcome: [SyncScope: RefreshKind],
        _ difference: RefreshDifference
    ) -> Verdict {
        for scope in SyncScope.allCases where attempt.resumed.contains(scope) {
            guard let tally = difference.scopes[scope] else { continue }
            if isFullContent(tally, outcome[scope]) || tally.unknownPresent > Self.unknownPresentLimit {
                return .refuse(
                    SyncFailure(.startOver, "the server did not go on from the stored cookie; reading everything again")
                )
            }
        }
        return .commit
    }

    /// Full content under a delta's flag would leave what is gone in the mirror for ever. A true delta of half a
    /// directory is rare, and to read a small one again costs nothing.
    private func isFullContent(_ tally: ScopeTally, _ kind: RefreshKind?) -> Bool {
        kind == .deletePhase && tally.delivered > Self.smallDelta && tally.delivered * 2 >= tally.held
    }
}
