import Identity
import LDAPClient
import Synchronizer

/// Follows OpenLDAP by content synchronisation (RFC 4533): a search for people and one for roles, both on one
/// connection, and now and then, or when somebody wants to know, a probe of the root DSE that shows that the server still
/// lives.
struct OpenLDAPContentSync: FollowingStrategy {
    static let name = "content-sync"

    let settings: DirectorySettings
    let clock: any WallClock
    let bell: ContactBell
    private var ground: Ground?

    init(settings: DirectorySettings, clock: any WallClock, bell: ContactBell) {
        self.settings = settings
        self.clock = clock
        self.bell = bell
    }

    /// What is read before anything is followed.
    private struct Ground {
        let watches: [ContainerWatch]
        let sets: [ContainerSet]
        let policies: OpenLDAPPolicies
    }

    var reason: String { "OpenLDAP, and its root DSE offers content synchronisation (RFC 4533)" }
    var isLive: Bool { true }
    /// The overlay refint does so, some time after the change.
    var rewritesGroupsSilently: Bool { true }

    /// A container that is moved after this is found by the watch, which begins with a comparison.
    func prepared(on connection: LDAPConnection) async throws -> OpenLDAPContentSync {
        var prepared = self
        prepared.ground = try await readGround(on: connection)
        return prepared
    }

    private func readGround(on connection: LDAPConnection) async throws -> Ground {
        let watches = ContainerWatch.all(settings, id: OpenLDAPAttributes.entryUUID)
        var sets: [ContainerSet] = []
        for watch in watches { sets.append(try await watch.read(on: connection)) }
        return Ground(
            watches: watches,
            sets: sets,
            policies: try await OpenLDAPPolicies.read(settings, on: connection)
        )
    }

    func follow(
        on connection: LDAPConnection,
        from cookies: [SyncScope: SyncCookie],
        mode: FollowMode,
        deliver: @Sendable (FeedEvent) async throws -> Void
    ) async throws {
        let ground: Ground
        if let read = self.ground { ground = read } else { ground = try await readGround(on: connection) }
        let stamp = ContainerStamp(sets: ground.sets, server: connection.server.uri)
        let cookies = try stamp.unstamped(cookies)
        try await withThrowingTaskGroup(of: FeedStep<ScopeReader>.self) { group in
            defer { group.cancelAll() }
            if mode == .refreshAndPersist {
                for (watch, held) in zip(ground.watches, ground.sets) {
                    group.addTask { try await watch.run(held, on: connection) }
                }
            }
            group.addTask { try await FeedStep.probe(connection, isRefreshing: true, bell) }
            let search = ScopeSearch(mode: mode, cookies: cookies, policies: ground.policies, connection: connection)
            try await consume(&group, search) { try await deliver(stamp.stamped($0)) }
        }
    }

    /// What the searches of all scopes have in common.
    private struct ScopeSearch {
        let mode: FollowMode
        let cookies: [SyncScope: SyncCookie]
        let policies: OpenLDAPPolicies
        let connection: LDAPConnection
    }

    private func begin(
        _ scope: SyncScope,
        _ search: ScopeSearch,
        _ group: inout ThrowingTaskGroup<FeedStep<ScopeReader>, any Error>
    ) async throws {
        let cookie = search.cookies[scope]
        guard let request = request(scope, cookie: cookie, mode: search.mode) else { return }
        let batches = try await search.connection.sync(request).makeAsyncIterator()
        let reader = ScopeReader(
            scope: scope,
            reader: entryReader,
            cookie: cookie?.bytes,
            clock: clock,
            policies: search.policies
        )
        group.addTask { try await FeedStep.next(of: batches, reader) }
    }

    /// Delivers one batch at a time, whichever scope it came from, and only then asks for that scope's next.
    ///
    /// After an absence roles are asked for when the people are there: for either the server goes through all that has
    /// changed, and while it does so for the second the first are being written.
    private func consume(
        _ group: inout ThrowingTaskGroup<FeedStep<ScopeReader>, any Error>,
        _ search: ScopeSearch,
        deliver: @Sendable (FeedEvent) async throws -> Void
    ) async throws {
        var silence = RefreshSilence()
        silence.refreshing = settings.roles == nil ? [.users] : [.users, .roles]
        var (open, waiting) = (silence.refreshing.count, silence.refreshing)
        let isResumed = search.cookies[.users] != nil
        let server = search.connection.server.uri
        while open > 0 {
            for scope in [SyncScope.users, .roles] where waiting.contains(scope) {
                if scope == .roles, isResumed, silence.refreshing.contains(.users) { continue }
                waiting.remove(scope)
                try await begin(scope, search, &group)
            }
            guard let step = try await group.next() else { return }
            switch step {
            case .contact:
                try await deliver(.contact)
                try silence.goesOn(server: server)
                group.addTask { [isRefreshing = silence.isRefreshing] in
                    try await FeedStep.probe(search.connection, isRefreshing: isRefreshing, bell)
                }
            case .batch(let messages, let batches, var reader):
                silence.isBroken()
                for event in reader.events(of: messages) { try await deliver(event) }
                if !reader.isRefreshing { silence.refreshing.remove(reader.scope) }
                group.addTask { [reader] in try await FeedStep.next(of: batches, reader) }
            case .ended:
                open -= 1
            }
        }
    }

    private var entryReader: EntryReader { EntryReader(users: settings.users, roles: settings.roles) }

    private func request(
        _ scope: SyncScope,
        cookie: SyncCookie?,
        mode: FollowMode
    ) -> SyncSearchRequest? {
        let search: SearchRequest
        switch scope {
        case .users:
            let users = settings.users
            search = SearchRequest(
                base: users.base,
                filter: users.filter,
                attributes: users.attributes + OpenLDAPAttributes.state
            )
        case .roles:
            guard let roles = settings.roles else { return nil }
            search = SearchRequest(base: roles.base, filter: roles.filter, attributes: roles.attributes)
        }
        let syncMode: SyncSearchRequest.Mode = mode == .refreshOnly ? .refreshOnly : .refreshAndPersist
        return SyncSearchRequest(search: search, mode: syncMode, cookie: cookie?.bytes)
    }
}
