package import Identity
import LDAPClient
package import Synchronizer

/// Follows whichever server answers, in the best way that its root DSE offers.
package struct DirectoryFeed: ChangeFeed {
    private let settings: DirectorySettings
    private let clock: any WallClock
    private let rhythm: PollingRhythm
    private let bell = ContactBell()
    private let early = EarlyConnection()

    /// - Parameter rhythm: for servers that push nothing.
    package init(
        settings: DirectorySettings,
        clock: any WallClock = SystemWallClock(),
        rhythm: PollingRhythm = PollingRhythm()
    ) {
        self.settings = settings
        self.clock = clock
        self.rhythm = rhythm
    }

    package var identity: String {
        var parts = ["2", settings.product?.rawValue ?? "auto", "\(settings.credentials)"]
        parts += settings.servers.map(\.uri)
        parts += [settings.users.base.canonical, settings.users.filter.text]
        parts += settings.users.attributes.map(\.text)
        if let roles = settings.roles {
            parts += [roles.base.canonical, roles.filter.text] + roles.attributes.map(\.text)
            // Earlier versions stored such groups without members.
            if roles.namesLogins { parts.append("logins") }
        }
        return parts.joined(separator: "\n")
    }

    /// Begins to connect, and to read what does not depend on what the mirror holds, for the first
    /// ``follow(from:mode:deliver:)``. Returns at once.
    package func connectEarly() {
        early.begin { [self] in
            let connection = try await ServiceConnector(settings: settings).connect()
            // What fails here is tried again, and told, when the connection is used.
            let strategy = try? await strategy(on: connection).prepared(on: connection)
            return ReadyServer(connection: connection, strategy: strategy)
        }
    }

    private func strategy(on connection: LDAPConnection) async throws -> any FollowingStrategy {
        try await StrategyChoice(settings: settings, clock: clock, rhythm: rhythm, bell: bell)
            .strategy(try await connection.rootDSE(), on: connection)
    }

    package func askForContact() { bell.ring() }

    package func follow(
        from cookies: [SyncScope: SyncCookie],
        mode: FollowMode,
        deliver: @Sendable (FeedEvent) async throws -> Void
    ) async throws(FeedError) {
        do {
            let server = try await early.take(orBy: ServiceConnector(settings: settings))
            do {
                try await run(on: server, from: cookies, mode: mode, deliver: deliver)
            } catch {
                await server.connection.close()
                throw error
            }
            await server.connection.close()
        } catch {
            throw FeedError(error, server: settings.servers.first?.uri ?? "", resumed: !cookies.isEmpty)
        }
    }

    private func run(
        on server: ReadyServer,
        from cookies: [SyncScope: SyncCookie],
        mode: FollowMode,
        deliver: @Sendable (FeedEvent) async throws -> Void
    ) async throws {
        let connection = server.connection
        try await deliver(.reached(server: connection.server.uri))
        let strategy: any FollowingStrategy
        if let known = server.strategy { strategy = known } else { strategy = try await self.strategy(on: connection) }
        let marked = StrategyCookies(strategy: type(of: strategy).name, server: connection.server.uri)
        let plain = try marked.unmarked(cookies)
        try await deliver(.connected(describe(strategy, connection, mode)))
        if settings.roles == nil { try await deliver(.refreshed(.roles, .presentPhase)) }
        try await strategy.follow(on: connection, from: plain, mode: mode) { event in
            try await deliver(marked.marked(event))
        }
    }

    private func describe(
        _ strategy: any FollowingStrategy,
        _ connection: LDAPConnection,
        _ mode: FollowMode
    ) -> FeedDescription {
        FeedDescription(
            server: connection.server.uri,
            strategy: type(of: strategy).name,
            reason: strategy.reason,
            isLive: strategy.isLive && mode == .refreshAndPersist,
            rewritesGroupsSilently: strategy.rewritesGroupsSilently
        )
    }
}
