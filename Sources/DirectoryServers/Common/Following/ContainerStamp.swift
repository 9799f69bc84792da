import Synchronizer

/// Marks cookies with the containers that they were given under: if a container was moved while nobody followed,
/// the server would resume from the cookie and say nothing of the entries below.
struct ContainerStamp: Sendable {
    let sets: [ContainerSet]
    let server: String

    private var stamp: [UInt8] {
        let digests = sets.map { String($0.digest, radix: 16) }
        return Array((digests.joined(separator: ".") + " ").utf8)
    }

    func stamped(_ event: FeedEvent) -> FeedEvent {
        guard case .cookie(let scope, let cookie) = event else { return event }
        return .cookie(scope, SyncCookie(bytes: stamp + cookie.bytes))
    }

    /// - Throws: ``FeedError`` that asks for a refresh without cookies.
    func unstamped(_ cookies: [SyncScope: SyncCookie]) throws(FeedError) -> [SyncScope: SyncCookie] {
        let stamp = stamp
        var plain: [SyncScope: SyncCookie] = [:]
        for (scope, cookie) in cookies {
            guard cookie.bytes.starts(with: stamp) else {
                throw FeedError(
                    .cookieRejected,
                    server: server,
                    detail: "containers came, went or moved while nobody followed; reading everything again"
                )
            }
            plain[scope] = SyncCookie(bytes: Array(cookie.bytes.dropFirst(stamp.count)))
        }
        return plain
    }
}
