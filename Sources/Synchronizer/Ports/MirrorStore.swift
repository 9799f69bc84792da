package import Foundation
package import Identity

/// The port to the replica that is written: one writer, the ``SyncEngine``.
///
/// Readers see the mirror before or after a call that commits, never between.
package protocol MirrorStore: QuarantineStore {
    /// What is stored; survives a restart.
    func state() async throws -> MirrorState
    /// The generation that readers see. 0 until one complete generation exists.
    var generation: Int64 { get }

    /// Starts a staging generation. Nothing staged is visible before ``commitRefresh(_:)``; a crash or
    /// ``abandonRefresh()`` leaves everything as it was.
    /// - Parameters:
    ///   - identity: the feed's identity, stored with its cookies.
    ///   - resumed: the scopes that go on from their stored cookie. The cookies of the others are dropped with
    ///     the commit, so that one which the server refused is not kept.
    func beginRefresh(identity: String, resumed: Set<SyncScope>) async throws
    func stage(_ event: StagedEvent) async throws
    /// What ``commitRefresh(_:)`` would change. The staging generation stays open.
    /// - Parameter outcome: for each scope that was refreshed, how it names the entries that are gone.
    func previewRefresh(_ outcome: [SyncScope: RefreshKind]) async throws -> RefreshDifference
    /// Makes the staging generation visible, with its cookies, in one commit.
    func commitRefresh(_ outcome: [SyncScope: RefreshKind]) async throws -> CommitSummary
    func abandonRefresh() async

    /// Applies live changes in order, with their cookies, in one commit.
    func apply(_ changes: [StagedEvent]) async throws -> CommitSummary
    /// Makes exactly `roles` the groups that name `member` directly, for each member, in one commit.
    ///
    /// For servers that rewrite groups after a rename or a deletion without telling anybody (refint).
    func setMemberships(_ memberships: [DNKey: Set<EntryID>]) async throws -> CommitSummary
}

/// What a feed says of entries, as the store takes it.
package enum StagedEvent: Sendable {
    case upserts([FedEntry])
    case present(SyncScope, [EntryID])
    case removed(SyncScope, [EntryID])
    case cookie(SyncScope, SyncCookie)

    /// How many entries it is about.
    package var size: Int {
        switch self {
        case .upserts(let entries): entries.count
        case .present(_, let ids), .removed(_, let ids): ids.count
        case .cookie: 0
        }
    }
}

package struct MirrorState: Sendable, Equatable {
    /// The identity of the feed that the cookies belong to.
    package var identity: String?
    package var cookies: [SyncScope: SyncCookie]
    /// 0 until one complete generation exists.
    package var generation: Int64
    package var users: Int
    package var roles: Int
    /// The time of the last commit of a refresh or of a change: the content is not older than that.
    package var committedAt: Date?
    /// What waits in quarantine.
    package var held = HeldRemovals()

    package init(
        identity: String? = nil,
        cookies: [SyncScope: SyncCookie] = [:],
        generation: Int64 = 0,
        users: Int = 0,
        roles: Int = 0,
        committedAt: Date? = nil
    ) {
        self.identity = identity
        self.cookies = cookies
        self.generation = generation
        self.users = users
        self.roles = roles
        self.committedAt = committedAt
    }
}
