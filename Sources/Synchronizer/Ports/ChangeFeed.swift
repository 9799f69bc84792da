package import Identity

/// The port to a directory's changes. Each directory product has an adapter in `DirectoryServers`.
package protocol ChangeFeed: Sendable {
    /// Connects, brings the content up to date from `cookies`, and then follows if asked to.
    ///
    /// Scopes without a cookie are delivered in full. Each call to `deliver` is awaited before more is read
    /// from the server (back-pressure). Returns normally only in ``FollowMode/refreshOnly`` and only when
    /// every scope has been refreshed; everything else that ends it is thrown. Cancellation ends it soon.
    func follow(
        from cookies: [SyncScope: SyncCookie],
        mode: FollowMode,
        deliver: @Sendable (FeedEvent) async throws -> Void
    ) async throws(FeedError)

    /// Has the server that is followed asked for a sign of life now, and not only when it is time again. Its answer is
    /// delivered as ``FeedEvent/contact``. Does nothing for a feed that asks at intervals anyway, or does not follow.
    func askForContact()

    /// What a stored cookie is good for: server, base, scope, filter, attributes and bind identity.
    /// A cookie that was stored under another identity is never used again.
    var identity: String { get }
}

package enum FollowMode: Sendable {
    case refreshOnly
    case refreshAndPersist
}

/// The two sets of entries that are followed, each by a search of its own.
package enum SyncScope: String, Sendable, CaseIterable, Codable {
    case users, roles
}

/// An opaque position in a server's history of changes (RFC 4533, 2.1.2).
package struct SyncCookie: Sendable, Hashable {
    package let bytes: [UInt8]
    package init(bytes: [UInt8]) { self.bytes = bytes }
}

/// How a refresh tells which entries are gone (RFC 4533, 3.3.2).
package enum RefreshKind: Sendable {
    /// Everything that was neither delivered nor named present is gone.
    case presentPhase
    /// Only what was named deleted is gone.
    case deletePhase
}

package enum FeedEvent: Sendable {
    /// The server answered and the bind stands. First event of each follow.
    case reached(server: String)
    /// What the root DSE said and what was chosen. Comes before anything about entries.
    case connected(FeedDescription)
    /// Entries as they are now, in the order of the directory.
    case upserts([FedEntry])
    /// Entries that exist unchanged.
    case present(SyncScope, [EntryID])
    /// Entries that left the scope. May name some that were never held.
    case removed(SyncScope, [EntryID])
    /// A scope's refresh is complete and the server called it a success.
    case refreshed(SyncScope, RefreshKind)
    /// Everything delivered before for this scope is covered by this cookie.
    case cookie(SyncScope, SyncCookie)
    /// The server answered a probe; nothing changed.
    case contact
    /// So many continuation references (RFC 4511, 4.5.3): the server says that others have more. Never followed.
    case references(SyncScope, Int)
}

/// What was chosen, and why, for `status`.
package struct FeedDescription: Sendable, Equatable {
    /// The server's URI.
    package var server: String
    /// `content-sync`, …
    package var strategy: String
    /// A sentence: what the root DSE said.
    package var reason: String
    /// Whether changes are pushed. `false` while they are asked for at intervals.
    package var isLive: Bool
    /// Whether the server may rewrite groups after a rename or a removal without telling: whoever was named is
    /// then asked about (``MembershipProbe``).
    package var rewritesGroupsSilently: Bool

    package init(
        server: String,
        strategy: String,
        reason: String,
        isLive: Bool,
        rewritesGroupsSilently: Bool = true
    ) {
        self.server = server
        self.strategy = strategy
        self.reason = reason
        self.isLive = isLive
        self.rewritesGroupsSilently = rewritesGroupsSilently
    }
}
