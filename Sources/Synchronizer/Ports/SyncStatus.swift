package import Foundation
package import Identity

/// What the engine is doing, for `status`.
package struct SyncStatus: Sendable, Equatable {
    package enum State: String, Sendable, Codable, CaseIterable {
        /// No complete generation yet.
        case starting
        case live, polling
        /// Removals wait for an administrator.
        case held
        /// The last attempt failed; the mirror goes on answering and grows stale.
        case failed
    }

    package var state: State
    package var feed: FeedDescription?
    /// The time of the last commit that changed something.
    package var lastChangeAt: Date?
    /// The time of the last successful contact.
    package var lastContactAt: Date?
    /// One sentence about what is wrong, while something is.
    package var problem: String?
    /// When the next attempt starts, while one is waited for.
    package var nextAttemptAt: Date?
    package var verification = SyncVerification()
    package var generation: Int64
    package var users: Int
    package var roles: Int
    /// What waits in quarantine.
    package var held = HeldRemovals()
    /// Continuation references that the server has sent over the present connection. They are not followed: what
    /// they name is not in the mirror.
    package var references = 0

    package init(state: State, generation: Int64 = 0, users: Int = 0, roles: Int = 0) {
        self.state = state
        self.generation = generation
        self.users = users
        self.roles = roles
    }
}

/// A sync that was asked for, and how far it is.
package struct SyncRun: Sendable, Equatable {
    package enum Phase: String, Sendable, Codable, CaseIterable {
        case waiting, connecting, refreshing, committing, finished, failed
    }

    package var id: String
    package var full: Bool
    package var dryRun: Bool
    /// Whether the engine asked for it itself, at its interval. Such a run is no administrator's word that
    /// everybody may go.
    package var isVerification: Bool
    package var phase: Phase
    /// Entries received so far.
    package var received = 0
    /// Entries that the mirror held before, a rough idea of how many will come; nil when unknown.
    package var expected: Int?
    package var summary: CommitSummary?
    package var difference: RefreshDifference?
    /// One sentence, when `phase` is failed.
    package var problem: String?
    /// Grows with each change of this value, so that a caller can wait for the next.
    package var revision = 0

    package init(
        id: String,
        full: Bool,
        dryRun: Bool,
        isVerification: Bool = false,
        phase: Phase = .waiting
    ) {
        self.id = id
        self.full = full
        self.dryRun = dryRun
        self.isVerification = isVerification
        self.phase = phase
    }

    package var isEnded: Bool { phase == .finished || phase == .failed }
}

/// What callers may ask of the engine.
package protocol SyncControl: Sendable {
    func status() async -> SyncStatus
    func freshness() async -> Freshness
    /// Starts a sync, or joins one of the same kind that is under way.
    func requestSync(full: Bool, dryRun: Bool) async -> SyncRun
    /// The steps of the state machine: the last one at once, and then each as it happens.
    func transitions() async -> AsyncStream<SyncTransition>
    /// The freshness as soon as the mirror is known to hold what the directory held at `time`, at the latest
    /// after `wait`.
    func freshness(asOf time: Date, wait: Duration) async -> Freshness
    /// The run as it stands, or as soon as its revision is above `revision`, at the latest after `wait`.
    func syncRun(_ id: String, after revision: Int?, wait: Duration) async -> SyncRun?
}
