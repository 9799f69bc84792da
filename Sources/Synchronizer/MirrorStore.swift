package import Identity

/// The port to the replica that is written: one writer, the ``SyncEngine``.
///
/// Readers see the mirror before or after a call that commits, never between.
package protocol MirrorStore: Sendable {
    /// What is stored; survives a restart.
    func state() async throws -> MirrorState

    /// Starts a staging generation. Nothing staged is visible before ``commitRefresh(_:)``; a crash or
    /// ``abandonRefresh()`` leaves everything as it was.
    /// - Parameter identity: the feed's identity, stored with its cookies.
    func beginRefresh(identity: String) async throws
    func stage(_ event: StagedEvent) async throws
    /// What ``commitRefresh(_:)`` would change. The staging generation stays open.
    /// - Parameter outcome: for each scope that was refreshed, how it names the entries that are gone.
    func previewRefresh(_ outcome: [SyncScope: RefreshKind]) async throws -> RefreshDifference
    /// Makes the staging generation visible, with its cookies, in one commit.
    func commitRefresh(_ outcome: [SyncScope: RefreshKind]) async throws -> CommitSummary
    func abandonRefresh() async

    /// Applies live changes in order, with their cookies, in one commit.
    func apply(_ changes: [StagedEvent]) async throws -> CommitSummary
}

/// What a feed says of entries, as the store takes it.
package enum StagedEvent: Sendable {
    case upserts([FedEntry])
    case present(SyncScope, [EntryID])
    case removed(SyncScope, [EntryID])
    case cookie(SyncScope, SyncCookie)
}

package struct MirrorState: Sendable, Equatable {
    /// The identity of the feed that the cookies belong to.
    package var identity: String?
    package var cookies: [SyncScope: SyncCookie]
    /// 0 until one complete generation exists.
    package var generation: Int64
    package var users: Int
    package var roles: Int

    package init(
        identity: String? = nil,
        cookies: [SyncScope: SyncCookie] = [:],
        generation: Int64 = 0,
        users: Int = 0,
        roles: Int = 0
    ) {
        self.identity = identity
        self.cookies = cookies
        self.generation = generation
        self.users = users
        self.roles = roles
    }
}

/// The result of a commit.
package struct CommitSummary: Sendable, Equatable {
    /// The generation that readers see from now on.
    package var generation: Int64
    package var added = 0
    package var changed = 0
    package var removed = 0
    /// People whose entries are gone, or are back after having been gone.
    package var usersRemoved: [EntryID] = []

    package init(generation: Int64) { self.generation = generation }

    package var isEmpty: Bool { added == 0 && changed == 0 && removed == 0 }
}

/// What a full refresh would change, without having done it.
package struct RefreshDifference: Sendable, Equatable {
    package var added = 0
    package var changed = 0
    package var removed = 0
    /// The distinguished names of the first entries of each kind, up to ``sampleLimit``.
    package var sampleAdded: [String] = []
    package var sampleChanged: [String] = []
    package var sampleRemoved: [String] = []

    package static let sampleLimit = 100

    package init() {}
}
