import Foundation
package import Identity
package import Logging

/// Keeps the mirror equal to the directory: one connection after the other, each of which catches up in a staging
/// generation and then follows. The mirror goes on answering whatever happens here.
///
/// What to do next is decided by ``SyncMachine`` and ``RefreshGuard``; this actor does it.
package actor SyncEngine {
    private(set) var feed: any ChangeFeed
    let store: any MirrorStore
    private(set) var probe: (any MembershipProbe)?
    /// Of another configuration, for the next connection.
    private var replacement: (feed: any ChangeFeed, probe: (any MembershipProbe)?)?
    let clock: any WallClock
    let logger: Logger
    let hooks: SyncHooks
    let sleep: @Sendable (Duration) async throws -> Void
    let random: @Sendable () -> Double
    private let verifyEvery: Duration?

    var machine = SyncMachine()
    var lifecycle: SyncLifecycle
    var lastTransition: SyncTransition?
    let steps = Announcements<SyncTransition>()
    let patience: @Sendable (Duration) async throws -> Void
    var runs = RunBook()
    var watchers: [UUID: AsyncStream<Void>.Continuation] = [:]
    /// What the last connection said of the server.
    var description: FeedDescription?
    /// The last answer of the server, whatever it was.
    var lastContactAt: Date?
    /// When the mirror was last known to hold what the directory holds.
    var currentAt: Date?
    /// Tells that ``currentAt`` is new.
    let contacts = Announcements<Void>()
    /// The server was asked for a sign of life and did not answer soon; nothing was heard of it since.
    var isUnanswering = false
    var lastChangeAt: Date?
    /// What waits in quarantine, as of the last commit.
    var held: HeldRemovals?
    var nextAttemptAt: Date?
    var verification = SyncVerification()
    /// Whether the mirror has caught up over a connection that has not failed since.
    var isFollowing = false

    var connection: Connection?
    private var session: Task<Void, any Error>?
    private var wakeUp: AsyncStream<Void>.Continuation?

    /// - Parameters:
    ///   - verifyEvery: between two comparisons with the whole directory; nil: never.
    ///   - sleep: waits between attempts; cancelled when somebody asks for a sync.
    ///   - random: 0 ..< 1, the jitter of the waits.
    ///   - patience: waits between two looks at how long a state has lasted.
    package init(
        feed: any ChangeFeed,
        store: any MirrorStore,
        probe: (any MembershipProbe)? = nil,
        clock: any WallClock,
        logger: Logger,
        hooks: SyncHooks = SyncHooks(),
        verifyEvery: Duration? = nil,
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
        random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) },
        patience: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        lifecycle = SyncLifecycle(at: clock.now)
        self.patience = patience
        self.feed = feed
        self.store = store
        self.probe = probe
        self.clock = clock
        self.logger = logger
        self.hooks = hooks
        self.verifyEvery = verifyEvery
        self.sleep = sleep
        self.random = random
    }

    /// Follows the directory until the task is cancelled. Nothing that the directory or the mirror does ends it.
    package func run() async throws {
        defer {
            endAllRuns()
            move(.stopped)
        }
        let verifying = verifyEvery.map { interval in Task { await self.verifyRegularly(every: interval) } }
        defer { verifying?.cancel() }
        while !Task.isCancelled {
            let next = await attempt()
            if case .wait(let duration) = next, runs.waiting == nil, !Task.isCancelled { await pause(duration) }
        }
    }

    /// One connection, from its beginning to its end.
    private func attempt() async -> SyncMachine.Next {
        let run = runs.active ?? runs.waiting
        do {
            let state = try await loadState()
            takeReplacement()
            let attempt = machine.attempt(state, identity: feed.identity, run: run)
            let connection = Connection(attempt: attempt, run: run?.id)
            self.connection = connection
            move(.connects(run))
            update(run?.id) {
                $0.phase = .connecting
                $0.received = 0
                $0.expected = attempt.cookies.isEmpty ? state.users + state.roles : nil
            }
            return await follow(connection)
        } catch {
            update(run?.id) { $0.phase = .connecting }
            return fail(SyncFailure(.store, Self.sentence(error)), resumed: false)
        }
    }

    /// Follows another directory, or the same one otherwise, from now on. What the mirror holds is served until that one
    /// has been read; what it lacks then is guarded like any removal.
    package func follow(_ feed: any ChangeFeed, probe: (any MembershipProbe)?) {
        replacement = (feed, probe)
        startNow()
    }

    /// Nothing is awaited between this and the connection that it is for, so that a cookie is never used with another
    /// feed than its own.
    private func takeReplacement() {
        guard let replacement else { return }
        self.replacement = nil
        (feed, probe) = replacement
        description = nil
    }

    private func loadState() async throws -> MirrorState {
        let state = try await store.state()
        if held == nil { held = state.held }
        if currentAt == nil {
            currentAt = state.committedAt
            lastChangeAt = state.committedAt
        }
        return state
    }

    private func follow(_ connection: Connection) async -> SyncMachine.Next {
        let session = Task { try await self.hold(connection) }
        self.session = session
        let result = await withTaskCancellationHandler {
            await session.result
        } onCancel: {
            session.cancel()
        }
        self.session = nil
        self.connection = nil
        return await conclude(connection, result)
    }

    /// Looks at how a connection ended.
    private func conclude(_ connection: Connection, _ result: Result<Void, any Error>) async -> SyncMachine.Next {
        if !connection.isCaughtUp { await store.abandonRefresh() }
        if let failure = connection.failure { return fail(failure, resumed: !connection.attempt.resumed.isEmpty) }
        if connection.isInterrupted || connection.isDone || Task.isCancelled {
            if connection.isDone { move(.ended) }
            return .attemptNow
        }
        switch result {
        case .failure(let error as FeedError):
            return fail(SyncFailure(error), resumed: !connection.attempt.resumed.isEmpty)
        case .failure(let error):
            return fail(SyncFailure(.store, Self.sentence(error)), resumed: false)
        case .success:
            let problem = "\(feed.identity): the connection ended without a reason; see the server's log"
            return fail(SyncFailure(.feed(.unreachable), problem), resumed: false)
        }
    }

    private func fail(_ failure: SyncFailure, resumed: Bool) -> SyncMachine.Next {
        let (next, notice) = machine.failed(failure, resumed: resumed, at: clock.now, random: random())
        tell(notice)
        // A run whose refresh starts over is not ended by that.
        guard case .wait(let duration) = next else {
            move(.startsOver(failure.problem))
            return next
        }
        move(.failed(failure.problem, until: clock.now.addingTimeInterval(duration / .seconds(1))))
        isFollowing = false
        update(runs.active?.id) {
            $0.phase = .failed
            $0.problem = failure.problem
        }
        return next
    }

    func tell(_ notice: SyncMachine.Notice?) {
        guard let notice else { return }
        let incident: Logger.Metadata? = notice.isTrouble ? ["incident": "directory-lost"] : nil
        logger.log(level: notice.isTrouble ? .warning : .notice, "\(notice.text)", metadata: incident)
    }

    private func endAllRuns() {
        for run in runs.unended {
            update(run.id) {
                $0.phase = .failed
                $0.problem = "the daemon is stopping"
            }
        }
    }

    // MARK: Waiting and being woken

    private func pause(_ duration: Duration) async {
        nextAttemptAt = clock.now.addingTimeInterval(duration / .seconds(1))
        let (woken, wakeUp) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        self.wakeUp = wakeUp
        let sleep = sleep
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await sleep(duration) }
            group.addTask { for await _ in woken { return } }
            await group.next()
            group.cancelAll()
        }
        self.wakeUp = nil
        nextAttemptAt = nil
    }

    /// Starts over now: ends a wait, or the connection that is there.
    func startNow() {
        wakeUp?.yield()
        guard let connection else { return }
        connection.isInterrupted = true
        session?.cancel()
    }

    func stopSession() { session?.cancel() }

    /// Ends a wait for the next attempt, if there is one: something changed that may help.
    package func wake() { wakeUp?.yield() }

    private static func sentence(_ error: any Error) -> String {
        "the mirror cannot be used: \(error)"
    }
}
