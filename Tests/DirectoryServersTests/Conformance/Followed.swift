import DirectoryServers
import Identity
import Synchronization
import Synchronizer

/// What one refresh of a feed delivered.
struct Followed: Sendable {
    var cookies: [SyncScope: SyncCookie] = [:]
    var kinds: [SyncScope: RefreshKind] = [:]
    var logins: [String] = []
    var removed: [EntryID] = []

    static func refresh(
        _ settings: DirectorySettings,
        from cookies: [SyncScope: SyncCookie]
    ) async throws -> Followed {
        let log = Log()
        try await DirectoryFeed(settings: settings).follow(from: cookies, mode: .refreshOnly) { event in
            log.followed.withLock { $0.take(event) }
        }
        return log.followed.withLock { $0 }
    }

    private final class Log: Sendable {
        let followed = Mutex(Followed())
    }

    private mutating func take(_ event: FeedEvent) {
        switch event {
        case .upserts(let entries):
            for case .user(let user) in entries { logins.append(user.login) }
        case .removed(_, let ids): removed += ids
        case .refreshed(let scope, let kind): kinds[scope] = kind
        case .cookie(let scope, let cookie): cookies[scope] = cookie
        case .reached, .connected, .present, .contact, .references: break
        }
    }

    /// The people's cookie as the server gave it, without our mark and the containers' stamp.
    func plainCookie() -> [UInt8] {
        let bytes = cookies[.users]?.bytes ?? []
        let parts = bytes.split(separator: UInt8(ascii: " "), maxSplits: 2)
        return parts.last.map(Array.init) ?? []
    }
}
