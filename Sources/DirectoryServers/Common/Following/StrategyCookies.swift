import Synchronizer

/// Marks cookies with the strategy that they belong to: after a server was replaced by another product, nobody
/// takes an old cookie for one of their own.
struct StrategyCookies: Sendable {
    let strategy: String
    let server: String

    private var mark: [UInt8] { Array("\(strategy) ".utf8) }

    func marked(_ event: FeedEvent) -> FeedEvent {
        guard case .cookie(let scope, let cookie) = event else { return event }
        return .cookie(scope, SyncCookie(bytes: mark + cookie.bytes))
    }

    /// - Throws: ``FeedError`` that asks for a refresh without cookies.
    func unmarked(_ cookies: [SyncScope: SyncCookie]) throws(FeedError) -> [SyncScope: SyncCookie] {
        var plain: [SyncScope: SyncCookie] = [:]
        for (scope, cookie) in cookies {
            guard cookie.bytes.starts(with: mark) else {
                throw FeedError(
                    .cookieRejected,
                    server: server,
                    detail: "the server is followed by \(strategy) now; reading everything again"
                )
            }
            plain[scope] = SyncCookie(bytes: Array(cookie.bytes.dropFirst(mark.count)))
        }
        return plain
    }
}
