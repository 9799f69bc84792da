import Foundation

/// Where the following of the directory stands.
enum SyncStage: Sendable, Equatable {
    case starting
    case connecting
    case probing
    case refreshing(isFull: Bool)
    case following(Following)
    /// Connected, and the server says nothing.
    case silent(Following)
    /// The next attempt comes at that time.
    case waiting(until: Date)
    case stopped

    /// How changes arrive, and how many removals are held meanwhile.
    struct Following: Sendable, Equatable {
        var isLive: Bool
        var held: Int
    }

    var state: SyncTransition.State {
        switch self {
        case .starting: .starting
        case .connecting: .connecting
        case .probing: .probing
        case .refreshing(let isFull): isFull ? .resyncing : .refreshing
        case .following(let following) where following.held > 0: .quarantine
        case .following(let following): following.isLive ? .persisting : .polling
        case .silent, .waiting: .stale
        case .stopped: .stopped
        }
    }

    /// Seconds. A feed that is pushed changes asks for a sign of life each ten.
    static let quietAfter: TimeInterval = 15

    /// How long it may last without a sign of the server, in seconds; nil where no server is waited for.
    var patience: TimeInterval? {
        switch self {
        case .starting, .waiting, .stopped: nil
        // The client has deadlines for each step of each server; this one is for what they overlook.
        case .connecting: 120
        case .probing: 60
        // Before the first entry a server may have to look at all that it holds.
        case .refreshing: 300
        case .following(let following): following.isLive ? Self.quietAfter : FreshnessRule.staleAfter
        case .silent: 60
        }
    }
}
