import Identity
import LDAPClient
import Synchronizer

/// Follows OpenLDAP by content synchronisation (RFC 4533): a search for people and one for roles, both on one
/// connection, and now and then, or when somebody wants to know, a probe of the root DSE that shows that the server still lives.
struct OpenLDAPContentSync: FollowingStrategy {
    static let name = "content-sync"

    let settings: DirectorySettings
    let clock: any WallClock
    let bell: ContactBell

    var reason: String { "OpenLDAP, and its root DSE offers content synchronisation (RFC 4533)" }
    var isLive: Bool { true }
    /// The overlay refint does so, some time after the change.
    var rewritesGroupsSilently: Bool { true }

    func follow(
        on connection: LDAPConnection,
        from cookies: [SyncScope: SyncCookie],
        mode: FollowMode,
        deliver: @Sendable (FeedEvent) async throws -> Void
    ) async throws {
        let watches = ContainerWatch.all(settings, id: OpenLDAPAttributes.entryUUID)
        var sets: [ContainerSet] = []
        for watch in watches { sets.append(try await watch.read(on: connection)) }
        let stamp = ContainerStamp(sets: sets, server: connection.server.uri)
        let cookies = try stamp.unstamped(cookies)
        let policies = try await OpenLDAPPolicies.read(settings, on: connection)
        try await withThrowingTaskGroup(of: FeedStep<ScopeReader>.self) { group in
            defer { group.cancelAll() }
            if mode == .refreshAndPersist {
                for (watch, held) in zip(watches, sets) {
                    group.addTask { try await watch.run(held, on: connection) }
                }
            }
            for scope in SyncScope.allCases {
                guard let request = request(scope, cookie: cookies[scope], mode: mode) else { continue }
                let batches = try await connection.sync(request).makeAsyncIterator()
                let reader = ScopeReader(
                    scope: scope,
                    reader: entryReader,
                    cookie: cookies[scope]?.bytes,
                    clock: clock,
                    policies: policies
                )
                group.addTask { try await FeedStep.next(of: batches, reader) }
            }
            group.addTask { try await FeedStep.probe(connection, isRefreshing: true, bell) }
            try await consume(&group, connection: connection) { try await deliver(stamp.stamped($0)) }
        }
    }

    /// Delivers one batch at a time, whichever scope it came from, and only then asks for that scope's next.
    private func consume(
        _ group: inout ThrowingTaskGroup<FeedStep<ScopeReader>, any Error>,
        connection: LDAPConnection,
        deliver: @Sendable (FeedEvent) async throws -> Void
    ) async throws {
        var open = settings.roles == nil ? 1 : 2
        var silence = RefreshSilence()
        silence.refreshing = settings.roles == nil ? [.users] : [.users, .roles]
        while open > 0, let step = try await group.next() {
            switch step {
            case .contact:
                try await deliver(.contact)
                try silence.goesOn(server: connection.server.uri)
                group.addTask { [isRefreshing = silence.isRefreshing] in
                    try await FeedStep.probe(connection, isRefreshing: isRefreshing, bell)
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
