import Foundation
import Identity

/// How current the mirror may call itself.
struct FreshnessRule: Sendable {
    /// Without contact for longer than this, in seconds, the mirror is stale.
    static let staleAfter: TimeInterval = 3

    /// - Parameters:
    ///   - current: when the mirror was last known to hold what the directory holds.
    ///   - feed: the feed that is connected and has caught up; nil while there is none.
    func state(current: Date?, feed: FeedDescription?, now: Date) -> Freshness.State {
        // A clock that was set back makes no old contact a new one.
        guard let current, let feed, abs(now.timeIntervalSince(current)) <= Self.staleAfter else { return .stale }
        return feed.isLive ? .live : .polling
    }
}
