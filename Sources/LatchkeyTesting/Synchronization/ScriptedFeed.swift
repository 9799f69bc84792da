import Synchronization
package import Synchronizer

/// A change feed that does what the test says: one script for each connection, and steps added while it is open.
package final class ScriptedFeed: ChangeFeed {
    package enum Step: Sendable {
        case deliver(FeedEvent)
        case fail(FeedError)
        /// Wait for steps from ``send(_:)``.
        case stay
    }

    /// How a connection was asked for.
    package struct Call: Sendable, Equatable {
        package var cookies: [SyncScope: SyncCookie]
        package var mode: FollowMode

        package init(cookies: [SyncScope: SyncCookie], mode: FollowMode) {
            self.cookies = cookies
            self.mode = mode
        }
    }

    private struct State {
        var scripts: [[Step]] = []
        var calls: [Call] = []
        var open: AsyncStream<Step>.Continuation?
        var asked = 0
        var answers = false
    }

    private let state = Mutex(State())
    package let identity: String

    package init(identity: String = "feed") { self.identity = identity }

    /// The connections so far, oldest first.
    package var calls: [Call] { state.withLock { $0.calls } }
    /// Whether a connection waits for steps.
    package var isStaying: Bool { state.withLock { $0.open != nil } }

    /// How often a contact was asked for.
    package var asked: Int { state.withLock { $0.asked } }

    /// From now on a connection that stays has a contact for whoever asks.
    package func answerAsked() { state.withLock { $0.answers = true } }

    package func askForContact() {
        state.withLock { state in
            state.asked += 1
            if state.answers { state.open?.yield(.deliver(.contact)) }
        }
    }

    /// What the next connection without a script does. Without any, a connection says nothing.
    package func onNextConnection(_ steps: [Step]) { state.withLock { $0.scripts.append(steps) } }

    /// Adds a step to the connection that stays.
    package func send(_ step: Step) { _ = state.withLock { $0.open?.yield(step) } }

    package func follow(
        from cookies: [SyncScope: SyncCookie],
        mode: FollowMode,
        deliver: @Sendable (FeedEvent) async throws -> Void
    ) async throws(FeedError) {
        let script = state.withLock { state in
            state.calls.append(Call(cookies: cookies, mode: mode))
            return state.scripts.isEmpty ? [.stay] : state.scripts.removeFirst()
        }
        for step in script {
            if case .stay = step { try await stay(deliver) } else { try await play(step, deliver) }
        }
    }

    private func stay(_ deliver: @Sendable (FeedEvent) async throws -> Void) async throws(FeedError) {
        let (steps, open) = AsyncStream<Step>.makeStream()
        state.withLock { $0.open = open }
        defer { state.withLock { $0.open = nil } }
        for await step in steps { try await play(step, deliver) }
        throw FeedError(.cancelled, server: identity, detail: "was stopped")
    }

    private func play(
        _ step: Step,
        _ deliver: @Sendable (FeedEvent) async throws -> Void
    ) async throws(FeedError) {
        switch step {
        case .deliver(let event):
            do {
                try await deliver(event)
            } catch {
                throw FeedError(.cancelled, server: identity, detail: "the receiver stopped")
            }
        case .fail(let error):
            throw error
        case .stay:
            break
        }
    }
}

extension [ScriptedFeed.Step] {
    package static func connect(live: Bool = true) -> Self {
        let description = FeedDescription(
            server: "ldap://fake",
            strategy: "content-sync",
            reason: "a test said so",
            isLive: live
        )
        return [.deliver(.connected(description))]
    }

    /// A refresh that ends well, with a cookie for each scope.
    package static func refresh(
        _ entries: [FedEntry],
        _ kind: RefreshKind = .presentPhase,
        cookie: String = "c1"
    ) -> Self {
        let scopes = SyncScope.allCases
        return connect() + [.deliver(.upserts(entries))]
            + scopes.map { .deliver(.cookie($0, SyncCookie(bytes: [UInt8](cookie.utf8)))) }
            + scopes.map { .deliver(.refreshed($0, kind)) }
    }

    package static func unreachable(_ detail: String = "does not answer") -> Self {
        [.fail(FeedError(.unreachable, server: "ldap://fake", detail: detail))]
    }
}
