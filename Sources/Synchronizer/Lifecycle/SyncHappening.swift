import Foundation

/// What the lifecycle is told.
enum SyncHappening: Sendable, Equatable {
    /// A new connection is made, for that run if for one.
    case connects(SyncRun?)
    /// The connection stands and the bind succeeded.
    case reached(server: String)
    /// The strategy is chosen.
    case identified(FeedDescription, isFull: Bool)
    /// The refresh is committed.
    case caughtUp(isLive: Bool, held: Int)
    /// The server said something.
    case heard
    /// So many removals are held now.
    case held(Int)
    /// The connection ended as it was to.
    case ended
    case failed(String, until: Date)
    /// The attempt did not go on, and the next one begins at once.
    case startsOver(String)
    case stopped
}
