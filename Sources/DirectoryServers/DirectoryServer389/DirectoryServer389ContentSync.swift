import Identity
import LDAPClient
import Synchronizer

/// Follows 389 Directory Server by content synchronisation.
///
/// Always by refreshAndPersist: with refreshOnly the server ends a delta as if it were everything there is
/// (`refreshDeletes` is FALSE whatever was sent), and a client that believes it deletes everybody.
struct DirectoryServer389ContentSync: FollowingStrategy {
    static let name = "389ds-content-sync"

    let settings: DirectorySettings
    let clock: any WallClock
    let bell: ContactBell

    var reason: String { "389 Directory Server, and its root DSE offers content synchronisation (RFC 4533)" }
    var isLive: Bool { true }
    /// The changes that the plugins MemberOf and Referential Integrity make are sent like all others.
    var rewritesGroupsSilently: Bool { false }

    private typealias Step = FeedStep<DirectoryServer389Reader>

    func follow(
        on connection: LDAPConnection,
        from cookies: [SyncScope: SyncCookie],
        mode: FollowMode,
        deliver: @Sendable (FeedEvent) async throws -> Void
    ) async throws {
        let watches = ContainerWatch.all(settings, id: DirectoryServer389Attributes.uniqueID)
        var sets: [ContainerSet] = []
        for watch in watches { sets.append(try await watch.read(on: connection)) }
        let stamp = ContainerStamp(sets: sets, server: connection.server.uri)
        let cookies = try stamp.unstamped(cookies)
        try await check(cookies, on: connection)
        let reader = DirectoryServer389EntryReader(
            settings: settings,
            account: DirectoryServer389AccountState(maxFailure: await maxFailure(on: connection)),
            clock: clock
        )
        let session = Session(
            connection: connection,
            reader: reader,
            cookies: cookies,
            mode: mode,
            containers: mode == .refreshOnly ? [] : Array(zip(watches, sets))
        )
        do {
            try await follow(session) { try await deliver(stamp.stamped($0)) }
        } catch let error as LDAPError {
            throw Self.explained(error)
        }
    }

    private struct Session {
        let connection: LDAPConnection
        let reader: DirectoryServer389EntryReader
        let cookies: [SyncScope: SyncCookie]
        let mode: FollowMode
        /// The server says nothing of the entries below a container that moves.
        let containers: [(watch: ContainerWatch, held: ContainerSet)]

        /// Asks for the same entries by a plain search, whose result the server does tell.
        func examine(_ scope: SyncScope) async throws {
            guard var request = reader.request(scope) else { return }
            request.attributes = ["1.1"]
            var batches = try await connection.entries(request, deadline: Self.deadline).makeAsyncIterator()
            while try await batches.next() != nil {}
        }

        private static let deadline = Duration.seconds(300)
    }

    private func follow(_ session: Session, _ deliver: @Sendable (FeedEvent) async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Step.self) { group in
            defer { group.cancelAll() }
            for (watch, held) in session.containers {
                group.addTask { try await watch.run(held, on: session.connection) }
            }
            var open: Set<SyncScope> = []
            var silence = RefreshSilence()
            for scope in SyncScope.allCases {
                guard let search = session.reader.request(scope) else { continue }
                let cookie = session.cookies[scope]?.bytes
                let request = SyncSearchRequest(search: search, mode: .refreshAndPersist, cookie: cookie)
                let batches = try await session.connection.sync(request).makeAsyncIterator()
                let reader = DirectoryServer389Reader(scope: scope, isResumed: cookie != nil, reader: session.reader)
                open.insert(scope)
                silence.refreshing.insert(scope)
                group.addTask { try await Step.next(of: batches, reader) }
            }
            group.addTask { try await Step.probe(session.connection, isRefreshing: true, bell) }
            while !open.isEmpty, let step = try await group.next() {
                switch step {
                case .contact:
                    try await deliver(.contact)
                    try silence.goesOn(server: session.connection.server.uri)
                    for scope in silence.doubtful { try await session.examine(scope) }
                    group.addTask { [isRefreshing = silence.isRefreshing] in
                        try await Step.probe(session.connection, isRefreshing: isRefreshing, bell)
                    }
                case .batch(let messages, let batches, var reader):
                    silence.isBroken()
                    for step in reader.steps(of: messages) { try await take(step, reader, session, deliver) }
                    if !reader.isRefreshing { silence.refreshing.remove(reader.scope) }
                    if session.mode == .refreshOnly, !reader.isRefreshing {
                        // Letting go of the iterator abandons the search.
                        open.remove(reader.scope)
                    } else {
                        group.addTask { [reader] in try await Step.next(of: batches, reader) }
                    }
                case .ended:
                    throw Self.ended(session.connection)
                }
            }
        }
    }

    private func take(
        _ step: DirectoryServer389Reader.Step,
        _ reader: DirectoryServer389Reader,
        _ session: Session,
        _ deliver: @Sendable (FeedEvent) async throws -> Void
    ) async throws {
        switch step {
        case .event(let event):
            try await deliver(event)
        case .changed(let ids):
            let entries = try await session.reader.read(ids, reader.scope, on: session.connection)
            if !entries.isEmpty { try await deliver(.upserts(entries)) }
        case .refreshed(let cookie):
            // The changelog may have been trimmed while the server answered from it.
            if let old = session.cookies[reader.scope] { try await check([reader.scope: old], on: session.connection) }
            if let cookie { try await deliver(.cookie(reader.scope, cookie)) }
            try await deliver(.refreshed(reader.scope, reader.isResumed ? .deletePhase : .presentPhase))
        }
    }

    private static func ended(_ connection: LDAPConnection) -> FeedError {
        FeedError(
            .incomplete,
            server: connection.server.uri,
            detail: "the server ended a search that was to go on; see its log"
        )
    }

    // MARK: Before it begins

    private func check(_ cookies: [SyncScope: SyncCookie], on connection: LDAPConnection) async throws {
        guard !cookies.isEmpty else { return }
        let changelog = try await RetroChangelog.read(on: connection)
        for cookie in cookies.values {
            guard let objection = try await Self.objection(to: cookie, changelog, on: connection) else { continue }
            throw FeedError(
                .cookieRejected,
                server: connection.server.uri,
                detail: "\(objection); reading everything again"
            )
        }
    }

    private static func objection(
        to cookie: SyncCookie,
        _ changelog: RetroChangelog?,
        on connection: LDAPConnection
    ) async throws -> String? {
        guard let changelog else { return "the server does not tell how far its changelog reaches" }
        let cookie = DirectoryServer389Cookie(cookie.bytes)
        if let objection = changelog.objection(to: cookie) { return objection }
        guard let cookie else { return nil }
        return try await changelog.doubt(about: cookie, on: connection)
    }

    /// Most service accounts may not read it; then any failure counts.
    private func maxFailure(on connection: LDAPConnection) async -> Int? {
        guard let dn = try? DistinguishedName("cn=config") else { return nil }
        let entry = try? await connection.entry(dn, attributes: [DirectoryServer389Attributes.maxFailure])
        return entry?.string(DirectoryServer389Attributes.maxFailure).flatMap { Int($0) }
    }

    /// 53 is about the number of searches here, and never about a cookie.
    private static func explained(_ error: LDAPError) -> any Error {
        guard error.code == .unwillingToPerform else { return error }
        return FeedError(
            .incomplete,
            server: error.server,
            detail: "the server refuses another content synchronisation (it allows ten at a time): \(error.diagnostic)"
        )
    }
}
