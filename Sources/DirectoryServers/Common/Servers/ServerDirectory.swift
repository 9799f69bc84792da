package import LDAPClient

/// The servers of one directory: who is up, which one is used, and how to get a connection to it. Everybody who
/// speaks to the directory asks here, so that all of them use the same server and one learns from the other.
package actor ServerDirectory {
    private var list: ServerList
    private let discovery: ServerDiscovery
    private var looking: Task<LDAPError?, Never>?
    let tls: TLSOptions
    private var choice: ServerChoice
    private var refusedBind: RefusedBind
    /// Whether the credentials were accepted last time.
    private var areProven = false
    /// Those that were accepted last.
    private var credentials: BindCredentials?
    /// The one bind with credentials that are not proven.
    private var trial: Task<LDAPError?, Never>?
    private var watch: Task<Void, Never>?
    private var followers: [Follower] = []

    /// For connecting to the last server that is left, and again for the bind.
    static let patience = Duration.seconds(10)

    private struct Follower {
        weak var connection: LDAPConnection?
    }

    package enum Purpose: Sendable {
        /// To be used for a long time; closed with `superseded` when everybody goes to another server.
        case following
        /// For requests, kept in a pool between them.
        case requests
    }

    package init(
        _ sources: [ServerSource],
        tls: TLSOptions,
        rules: FailoverRules = FailoverRules(),
        discovery: ServerDiscovery = ServerDiscovery()
    ) {
        list = ServerList(sources)
        self.discovery = discovery
        self.tls = tls
        choice = ServerChoice(rules: rules)
        refusedBind = RefusedBind(pauseAtFirst: rules.refusalPause)
        choice.use(list.ranked)
    }

    deinit { watch?.cancel() }

    /// The server that everybody uses, once there was one.
    package var current: LDAPServer? { choice.current }

    /// The servers beside that one that are worth a connection now, the preferred ones first.
    func others(than server: LDAPServer) -> [LDAPServer] {
        list.ranked.map(\.server).filter { $0 != server && !choice.isAvoided($0, at: now) }
    }

    /// Whether all of them failed lately, so that a connection would probably be waited for in vain.
    var isAway: Bool {
        let servers = list.ranked.map(\.server)
        return !servers.isEmpty && servers.allSatisfy { choice.isAvoided($0, at: now) }
    }

    /// Somebody else's connection to a server failed: nobody needs to wait for it again for a while, and where it refused
    /// the service account, nobody brings that nearer to its lock-out.
    func failed(_ server: LDAPServer, _ error: LDAPError, begun begin: ContinuousClock.Instant) {
        guard error.speaksAgainstServer || error.isRefusedBind, server != choice.current else { return }
        choice.failed(server, begun: begin, at: now)
    }

    /// Whether a connection to this server may be used for the next request.
    func isInUse(_ server: LDAPServer) -> Bool { choice.current.map { $0 == server } ?? true }

    private var now: ContinuousClock.Instant { .now }
}

// MARK: Connecting

extension ServerDirectory {
    /// A connection to the server in use, or to the next one where that fails.
    ///
    /// - Parameter credentials: `nil` for a connection that the caller binds.
    /// - Throws: what the last server said; at once, what the first one said of the credentials.
    func connect(as credentials: BindCredentials?, for purpose: Purpose) async throws(LDAPError) -> LDAPConnection {
        if credentials != nil, let error = refusedBind.error(at: now) { throw error }
        var failure = await lookUp() ?? LDAPError(.connectError, operation: "connect", diagnostic: "no server is known")
        let candidates = choice.candidates(at: now)
        for (index, server) in candidates.enumerated() {
            let begin = now
            do throws(LDAPError) {
                let patience = index == candidates.count - 1 ? Self.patience : choice.rules.attempt
                let connection = try await open(server, as: credentials, patience)
                if credentials != nil { accepted(server, connection, purpose) }
                return connection
            } catch {
                failure = error
                try await judge(error, of: server, begun: begin)
            }
        }
        throw failure
    }

    /// - Throws: the error, where another server would not do better.
    private func judge(
        _ error: LDAPError,
        of server: LDAPServer,
        begun begin: ContinuousClock.Instant
    ) async throws(LDAPError) {
        guard error.speaksAgainstServer else { throw error }
        choice.failed(server, begun: begin, at: now)
    }

    private func accepted(_ server: LDAPServer, _ connection: LDAPConnection, _ purpose: Purpose) {
        let before = choice.current
        choice.connected(server, at: now)
        followers.removeAll { $0.connection == nil }
        if purpose == .following { followers.append(Follower(connection: connection)) }
        if choice.current != before { gather() }
        watchPreferred()
    }

    /// A connection that shows that the server lives: bound, or at least answering.
    private func open(
        _ server: LDAPServer,
        as credentials: BindCredentials?,
        _ patience: Duration
    ) async throws(LDAPError) -> LDAPConnection {
        let start = now
        let connection = try await LDAPConnection.open(server, tls: tls, deadline: patience)
        // The last server has the whole time again for the bind, the others what is left of it.
        let rest = patience == Self.patience ? patience : max(.zero, patience - start.duration(to: now))
        do throws(LDAPError) {
            if let credentials {
                try await bind(connection, as: credentials, rest)
            } else {
                try await connection.answersAnything(deadline: rest)
            }
        } catch {
            await connection.close()
            throw error
        }
        return connection
    }
}

// MARK: Binding

extension ServerDirectory {
    /// Credentials that no server has accepted yet are tried by one connection, and the others wait for what comes
    /// of it: a wrong password shall cost one failed bind, not one for each request that was waiting.
    private func bind(
        _ connection: LDAPConnection,
        as credentials: BindCredentials,
        _ deadline: Duration
    ) async throws(LDAPError) {
        while !areProven, let trial { _ = await trial.value }
        // Also for those whose connection was opened while others were refused.
        if let error = refusedBind.error(at: now) { throw error }
        let task = Task { await self.outcome(of: connection, credentials, deadline) }
        if !areProven { trial = task }
        let error = await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
        if let error { throw error }
    }

    /// Notes it before anybody who waits goes on.
    private func outcome(
        of connection: LDAPConnection,
        _ credentials: BindCredentials,
        _ deadline: Duration
    ) async -> LDAPError? {
        // Nobody else binds during a trial, and whoever waits for its end must not find it again.
        defer { trial = nil }
        do throws(LDAPError) {
            try await connection.bind(credentials, deadline: deadline)
        } catch {
            guard error.isRefusedBind else { return error }
            areProven = false
            if refusedBind.error(at: now) == nil { refusedBind.refused(error, at: now) }
            return error
        }
        areProven = true
        self.credentials = credentials
        refusedBind.accepted()
        return nil
    }
}

// MARK: Discovery

extension ServerDirectory {
    /// Asks DNS where that is due; everybody who connects meanwhile waits for the same answer.
    /// - Returns: why nothing new is known.
    private func lookUp() async -> LDAPError? {
        guard !list.due(at: now).isEmpty else { return nil }
        if let looking { return await looking.value }
        let task = Task { await self.askDNS() }
        looking = task
        defer { looking = nil }
        return await task.value
    }

    private func askDNS() async -> LDAPError? {
        var failure: LDAPError?
        for domain in list.due(at: now) {
            do throws(LDAPError) {
                list.take(try await discovery.servers(of: domain, tls: tls), of: domain, at: now)
            } catch {
                failure = error
                list.failed(domain, at: now)
            }
        }
        choice.use(list.ranked)
        return failure
    }
}

// MARK: Going back

extension ServerDirectory {
    /// Probes the preferred servers for as long as another one is in use.
    private func watchPreferred() {
        guard watch == nil, !choice.preferred.isEmpty else { return }
        watch = Task { [weak self, pause = choice.rules.probeEvery] in
            repeat { try? await Task.sleep(for: pause) } while await self?.probePreferred() ?? false
        }
    }

    /// - Returns: whether there is still something to look at.
    private func probePreferred() async -> Bool {
        for server in choice.preferred {
            let answered = await isAlive(server)
            choice.probed(server, answered: answered, at: now)
        }
        if let server = choice.wayBack(at: now), await isFit(server), choice.goBack(at: now) != nil { gather() }
        guard !Task.isCancelled, !choice.preferred.isEmpty else {
            watch = nil
            return false
        }
        return true
    }

    /// No bind: a probe must not count against the service account.
    private func isAlive(_ server: LDAPServer) async -> Bool {
        do throws(LDAPError) {
            let connection = try await open(server, as: nil, choice.rules.attempt)
            await connection.close()
            return true
        } catch {
            return false
        }
    }

    /// Whether a server takes our bind and has all that the one in use has. One that came back may still be catching
    /// up: to follow it then would show people the past, and its cookies would be older than ours.
    private func isFit(_ server: LDAPServer) async -> Bool {
        guard let credentials, let used = choice.current, let there = try? await progress(of: used, credentials) else {
            return false
        }
        let begin = now
        do throws(LDAPError) {
            return try await progress(of: server, credentials).hasReached(there)
        } catch {
            choice.failed(server, begun: begin, at: now)
            return false
        }
    }

    private func progress(
        of server: LDAPServer,
        _ credentials: BindCredentials
    ) async throws(LDAPError) -> ReplicationProgress {
        let connection = try await open(server, as: nil, choice.rules.attempt)
        do throws(LDAPError) {
            // Not by way of the one bind that stands for all: a refusal by one server must not stop the others.
            try await connection.bind(credentials, deadline: choice.rules.attempt)
            let progress = try await ReplicationProgress.read(on: connection)
            await connection.close()
            return progress
        } catch {
            await connection.close()
            throw error
        }
    }

    /// Brings those who follow to the server in use.
    private func gather() {
        guard let server = choice.current else { return }
        for follower in followers {
            guard let connection = follower.connection, connection.server != server else { continue }
            Task { await connection.close(.superseded, diagnostic: "from now on \(server) is used") }
        }
    }
}

extension LDAPConnection {
    /// Any answer is a sign of life but the one that the server cannot work.
    func answersAnything(deadline: Duration) async throws(LDAPError) {
        do throws(LDAPError) {
            _ = try await entry(.root, attributes: ["1.1"], deadline: deadline)
        } catch {
            let isAnswer = error.code.rawValue > 0 && error.code != .busy && error.code != .unavailable
            guard isAnswer else { throw error }
        }
    }
}
