/// Judges a refresh that the server called a success, before it is committed. Some successes are lies: an emptied
/// or replaced server, a filter or an ACL that hides everybody, a cookie that the server did not understand.
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
        return attempt.mayRemoveEverybody ? .commit : judgeRemovals(difference)
    }

    /// Full content under a delta's flag would leave what is gone in the mirror for ever. A true delta of half a
    /// directory is rare, and to read a small one again costs nothing.
    private func isFullContent(_ tally: ScopeTally, _ kind: RefreshKind?) -> Bool {
        kind == .deletePhase && tally.delivered > Self.smallDelta && tally.delivered * 2 >= tally.held
    }

    private func judgeRemovals(_ difference: RefreshDifference) -> Verdict {
        guard let users = difference.scopes[.users], users.held > 0, users.removed >= users.held else { return .commit }
        return .refuse(
            SyncFailure(
                .held,
                "the directory shows none of the \(users.held) people of the mirror; nothing was removed. "
                    + "Check the server, the base, the filter and the access rules; "
                    + "if they are really gone, run `latchkeyctl sync --full`"
            )
        )
    }
}
