import Identity
import LDAPClient
import Synchronizer

/// Follows any server of RFC 4511 by asking: at an interval what was modified since, bound by the server's own
/// times, and each so many questions everything, since nothing else shows what is gone.
///
/// What moves no `modifyTimestamp` is seen by the latter alone: locks on 389 Directory Server, access rules, moves
/// out of the scope.
struct DirectoryPolling: FollowingStrategy {
    static let name = "polling"

    let settings: DirectorySettings
    let clock: any WallClock
    let product: DirectoryProduct
    let root: RootDSE
    let rhythm: PollingRhythm
    let reason: String

    var isLive: Bool { false }
    /// Elsewhere each audit reads the groups again.
    var rewritesGroupsSilently: Bool { product == .openLDAP }

    func follow(
        on connection: LDAPConnection,
        from cookies: [SyncScope: SyncCookie],
        mode: FollowMode,
        deliver: @Sendable (FeedEvent) async throws -> Void
    ) async throws {
        let id = try await ImmutableID.detect(product, settings.users.base, on: connection)
        let policies =
            product == .openLDAP
            ? try await OpenLDAPPolicies.read(settings, on: connection) : OpenLDAPPolicies(all: [])
        var scopes: [PolledScope] = []
        for scope in SyncScope.allCases where scope == .users || settings.roles != nil {
            let cookie = try cookies[scope].map { try checked($0, id, connection) }
            var polled = PolledScope(reader: reader(scope, id, policies), cookie: cookie)
            if cookie == nil {
                try await polled.readAll(on: connection, deliver)
            } else {
                try await polled.resume(on: connection, deliver)
            }
            scopes.append(polled)
        }
        if mode == .refreshAndPersist { try await poll(&scopes, on: connection, deliver) }
    }

    private func poll(
        _ scopes: inout [PolledScope],
        on connection: LDAPConnection,
        _ deliver: @Sendable (FeedEvent) async throws -> Void
    ) async throws {
        var question = 0
        while true {
            try await rhythm.sleep(rhythm.interval)
            question += 1
            for index in scopes.indices {
                if question.isMultiple(of: rhythm.questionsPerAudit) {
                    try await scopes[index].audit(on: connection, deliver)
                } else {
                    try await scopes[index].ask(on: connection, deliver)
                }
            }
            try await deliver(.contact)
        }
    }

    private func checked(
        _ cookie: SyncCookie,
        _ id: ImmutableID,
        _ connection: LDAPConnection
    ) throws(FeedError) -> PollingCookie {
        if let cookie = PollingCookie(cookie.bytes), cookie.idAttribute == id.attribute.text { return cookie }
        throw FeedError(
            .cookieRejected,
            server: connection.server.uri,
            detail: "the stored position is none of \(id.attribute)'s; reading everything again"
        )
    }

    private func reader(_ scope: SyncScope, _ id: ImmutableID, _ policies: OpenLDAPPolicies) -> PollingReader {
        PollingReader(
            settings: settings,
            product: product,
            scope: scope,
            id: id,
            isPaged: root.supportedControls.contains(PagedResults.oid),
            clock: clock,
            policies: policies
        )
    }
}
