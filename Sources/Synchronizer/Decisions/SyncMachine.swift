import Foundation

/// Decides what comes next. No I/O: it is told what happened and answers what to do.
struct SyncMachine: Sendable {
    enum Next: Sendable, Equatable {
        case attemptNow
        case wait(Duration)
    }

    /// A line for the log.
    struct Notice: Sendable, Equatable {
        var isTrouble: Bool
        var text: String
    }

    private var backOff = BackOff()
    private(set) var incident: Incident?
    /// Scopes that the next attempt reads without their cookies.
    private var unresumable: Set<SyncScope> = []

    /// What the next connection is for.
    mutating func attempt(_ state: MirrorState, identity: String, run: SyncRun?) -> SyncAttempt {
        let purpose: SyncAttempt.Purpose =
            switch run {
            case let run? where run.dryRun: .dryRun
            case let run? where run.full: .full
            default: .follow
            }
        var cookies: [SyncScope: SyncCookie] = [:]
        if purpose == .follow, state.identity == identity {
            cookies = state.cookies.filter { !unresumable.contains($0.key) }
        }
        return SyncAttempt(purpose: purpose, cookies: cookies)
    }

    /// The refresh is committed and the server is followed.
    /// - Returns: the line that ends an incident.
    mutating func succeeded(at time: Date) -> Notice? {
        unresumable = []
        guard let incident else { return nil }
        self.incident = nil
        let seconds = Int(time.timeIntervalSince(incident.began).rounded())
        return Notice(isTrouble: false, text: "the directory is followed again after \(seconds) s")
    }

    /// The server has gone on answering after the refresh. Only that ends the growing waits: a server that
    /// breaks each connection right after the refresh would otherwise be asked without pause.
    mutating func stayed() { backOff.reset() }

    /// The groups of a server with refint may have been rewritten beyond what can be asked for one by one.
    mutating func distrust(_ scope: SyncScope) { unresumable.insert(scope) }

    mutating func failed(
        _ failure: SyncFailure,
        resumed: Bool,
        at time: Date,
        random: Double
    ) -> (next: Next, notice: Notice?) {
        if resumed, [.startOver, .feed(.cookieRejected)].contains(failure.cause) {
            unresumable = Set(SyncScope.allCases)
            return (.attemptNow, Notice(isTrouble: false, text: failure.problem))
        }
        if failure.cause == .feed(.containerMoved) {
            unresumable = Set(SyncScope.allCases)
            // A reorganisation moves one container after the other: it is not read again for each.
            let isFirst = backOff.failures == 0
            let wait = backOff.next(random: random)
            return (isFirst ? .attemptNow : .wait(wait), Notice(isTrouble: false, text: failure.problem))
        }
        if failure.cause == .feed(.moved) { return (.attemptNow, Notice(isTrouble: false, text: failure.problem)) }
        return (.wait(backOff.next(random: random)), notice(failure, time))
    }

    private mutating func notice(_ failure: SyncFailure, _ time: Date) -> Notice? {
        let notice = Notice(isTrouble: true, text: failure.problem)
        guard incident != nil else {
            incident = Incident(failure, at: time)
            return notice
        }
        return incident?.goesOn(failure) == true ? notice : nil
    }
}
