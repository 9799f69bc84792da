import Identity
import LDAPClient
import Synchronizer

/// Follows Active Directory, Microsoft's or Samba's, by DirSync (MS-ADTS, 3.1.1.3.4.1.3).
///
/// A notification of any change wakes it up, and so does a slow clock; a probe of the root DSE, now and then and
/// when somebody wants to know, shows that the server still lives.
struct ActiveDirectoryDirSync: FollowingStrategy {
    static let name = "dirsync"

    let settings: DirectorySettings
    let clock: any WallClock
    /// Of the domain's partition.
    let root: DistinguishedName
    let isSamba: Bool
    let bell: ContactBell

    var reason: String { "\(isSamba ? "Samba" : "Active Directory"), and its root DSE offers DirSync" }
    var isLive: Bool { true }
    /// It does; but the stream reads the groups again by itself.
    var rewritesGroupsSilently: Bool { false }

    func follow(
        on connection: LDAPConnection,
        from cookies: [SyncScope: SyncCookie],
        mode: FollowMode,
        deliver: @Sendable (FeedEvent) async throws -> Void
    ) async throws {
        try await requireSightOfDeleted(connection)
        let stream = try await stream(on: connection)
        // Before the refresh, so that nothing falls between the two.
        let notification = mode == .refreshOnly ? nil : try await ChangeNotification(on: connection, root: root)
        let ears = ChangeEars(connection: connection, notification: notification, bell: bell)
        try await withThrowingTaskGroup(of: ChangeEars.Heard.self) { group in
            defer { group.cancelAll() }
            // Somebody has to read what the notification says, or the connection would stand still.
            if notification != nil { group.addTask { try await ears.listen() } }
            let cookie = try await refresh(stream, from: cookies, deliver)
            guard mode == .refreshAndPersist else { return }
            try await persist(stream, ears, &group, from: cookie, deliver)
        }
    }

    private func stream(on connection: LDAPConnection) async throws -> DirSyncStream {
        DirSyncStream(
            connection: connection,
            root: root,
            content: try await DirectoryContent.of(root, settings, clock, on: connection),
            server: try await ServerClock(connection)
        )
    }

    // MARK: Refresh

    /// - Returns: where the content that was delivered stands.
    private func refresh(
        _ stream: DirSyncStream,
        from cookies: [SyncScope: SyncCookie],
        _ deliver: @Sendable (FeedEvent) async throws -> Void
    ) async throws -> ActiveDirectoryCookie {
        let scopes = stream.content.scopes
        var cookie: ActiveDirectoryCookie
        if let stored = try stored(cookies.filter { scopes.contains($0.key) }, stream.server) {
            cookie = stored
            try stream.server.check(cookie, now: try await stream.server.highestChangeNumber())
        } else {
            cookie = try await stream.position()
        }
        for scope in scopes where cookies[scope] == nil { try await stream.content.readAll(scope, deliver) }
        if scopes.contains(where: { cookies[$0] != nil }) { cookie = try await stream.catchUp(from: cookie, deliver) }
        try await stream.deliver(cookie, deliver)
        for scope in scopes {
            try await deliver(.refreshed(scope, cookies[scope] == nil ? .presentPhase : .deletePhase))
        }
        return cookie
    }

    /// The older of the cookies that there are: what is told twice does no harm.
    private func stored(
        _ cookies: [SyncScope: SyncCookie],
        _ server: ServerClock
    ) throws(FeedError) -> ActiveDirectoryCookie? {
        var oldest: ActiveDirectoryCookie?
        for cookie in cookies.values {
            guard let own = ActiveDirectoryCookie(cookie.bytes) else {
                throw server.rejection("the stored cookie is damaged; reading everything again")
            }
            if oldest.map({ own.changeNumber < $0.changeNumber }) ?? true { oldest = own }
        }
        return oldest
    }

    // MARK: Persist

    private func persist(
        _ stream: DirSyncStream,
        _ ears: ChangeEars,
        _ group: inout ThrowingTaskGroup<ChangeEars.Heard, any Error>,
        from start: ActiveDirectoryCookie,
        _ deliver: @Sendable (FeedEvent) async throws -> Void
    ) async throws {
        // What changed while everything was being read.
        var cookie = try await stream.catchUp(from: start, deliver)
        var interval = ChangeEars.slowly
        group.addTask { try await ears.change() }
        group.addTask { [interval] in try await ears.time(interval) }
        group.addTask { try await ears.life() }
        while let heard = try await group.next() {
            switch heard {
            case .life:
                try await deliver(.contact)
                group.addTask { try await ears.life() }
            case .change:
                cookie = try await stream.catchUp(from: cookie, deliver)
                group.addTask { try await ears.change() }
            case .time:
                cookie = try await stream.catchUp(from: cookie, deliver)
                group.addTask { [interval] in try await ears.time(interval) }
            case .nothing:
                interval = ChangeEars.often
                cookie = try await stream.catchUp(from: cookie, deliver)
            }
        }
    }

    // MARK: Rights

    private func requireSightOfDeleted(_ connection: LDAPConnection) async throws {
        let rights = DirSyncRights(root: root, isSamba: isSamba)
        guard try await rights.seesDeleted(on: connection) else {
            throw FeedError(.credentials, server: connection.server.uri, detail: rights.noSightOfDeleted)
        }
    }
}
