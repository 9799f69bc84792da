import LDAPClient
import Synchronizer

/// One way to follow a directory, over a connection that is bound.
protocol FollowingStrategy: Sendable {
    /// `content-sync`, …: for `status`, and the mark of the cookies, which no other strategy understands.
    static var name: String { get }
    /// A sentence for `status`: what the root DSE said.
    var reason: String { get }
    /// Whether changes are pushed.
    var isLive: Bool { get }
    /// Whether the server may rewrite groups after a rename or a removal without telling.
    var rewritesGroupsSilently: Bool { get }

    /// The same strategy with what it has to know of the server whatever cookies it gets. Need not be asked for.
    func prepared(on connection: LDAPConnection) async throws -> Self

    /// As ``ChangeFeed/follow(from:mode:deliver:)``, without ``FeedEvent/connected(_:)``, which was delivered.
    /// Throws what it likes; ``DirectoryFeed`` sorts it.
    func follow(
        on connection: LDAPConnection,
        from cookies: [SyncScope: SyncCookie],
        mode: FollowMode,
        deliver: @Sendable (FeedEvent) async throws -> Void
    ) async throws
}

extension FollowingStrategy {
    func prepared(on connection: LDAPConnection) async throws -> Self { self }
}
