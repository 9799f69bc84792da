package import Foundation
package import Identity
package import Synchronizer

/// A synchroniser whose runs go through the phases that a test scripts.
package actor ScriptedSync: SyncControl {
    private var current: SyncStatus
    private var script: [SyncRun] = []
    private var freshnesses: [Freshness] = []
    package private(set) var requests: [(full: Bool, dryRun: Bool)] = []

    package init() {
        current = SyncStatus(state: .live, generation: 7, users: 2, roles: 1)
        current.feed = FeedDescription(
            server: "ldap://127.0.0.1",
            strategy: "content-sync",
            reason: "The root DSE lists the content-sync control (RFC 4533).",
            isLive: true
        )
        current.lastChangeAt = SamplePeople.time
        current.lastContactAt = SamplePeople.time
    }

    package func become(_ status: SyncStatus) { current = status }
    /// What the next looks at the freshness find; the last one stays.
    package func script(freshness: [Freshness]) { freshnesses = freshness }
    /// What the next looks at a run find; the last one stays.
    package func script(runs: [SyncRun]) { script = runs }

    package func status() async -> SyncStatus { current }

    package func freshness() async -> Freshness {
        if freshnesses.count > 1 { return freshnesses.removeFirst() }
        return freshnesses.first ?? SamplePeople.freshness
    }

    package func requestSync(full: Bool, dryRun: Bool) async -> SyncRun {
        requests.append((full, dryRun))
        return SyncRun(id: "s1", full: full, dryRun: dryRun)
    }

    private let steps = Announcements<SyncTransition>()
    private var lastStep: SyncTransition?
    /// What those who watch are told.
    package func step(_ transition: SyncTransition) {
        lastStep = transition
        steps.announce(transition)
    }

    package func transitions() async -> AsyncStream<SyncTransition> { steps.listen(first: lastStep, limit: 256) }

    package func freshness(asOf time: Date, wait: Duration) async -> Freshness {
        let end = ContinuousClock.now + wait
        var found = await freshness()
        while found.asOf < time || found.state == .stale, .now < end {
            await Task.yield()
            found = await freshness()
        }
        return found
    }

    package func syncRun(_ id: String, after revision: Int?, wait: Duration) async -> SyncRun? {
        guard id == "s1" else { return nil }
        if script.count > 1 { return script.removeFirst() }
        return script.first ?? Self.finished
    }

    package static var finished: SyncRun {
        var run = SyncRun(id: "s1", full: false, dryRun: false, phase: .finished)
        run.received = 2
        run.expected = 2
        run.revision = 3
        var summary = CommitSummary(generation: 8)
        summary.added = 1
        run.summary = summary
        return run
    }
}
