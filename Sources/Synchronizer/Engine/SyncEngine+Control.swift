import Foundation
package import Identity

extension SyncEngine: SyncControl {
    package func status() async -> SyncStatus {
        let stored = (try? await store.state()) ?? MirrorState()
        var status = SyncStatus(
            state: state(holding: stored.held.removals > 0),
            generation: stored.generation,
            users: stored.users,
            roles: stored.roles
        )
        status.feed = description
        status.lastChangeAt = lastChangeAt
        status.lastContactAt = lastContactAt
        status.held = stored.held
        status.references = connection?.references ?? 0
        status.problem =
            machine.incident?.problem ?? HoldNotice(stored.held)?.text ?? emptiness(users: stored.users)
        status.nextAttemptAt = nextAttemptAt
        status.verification = verification
        return status
    }

    /// A filter that is wrong from the beginning removes nobody, and would be followed without a word.
    private func emptiness(users: Int) -> String? {
        guard isFollowing, users == 0 else { return nil }
        return "the directory shows nobody; check the server, the base, the filter and the access rules"
    }

    private func state(holding isHolding: Bool) -> SyncStatus.State {
        if machine.incident != nil { return .failed }
        guard isFollowing, let description else { return .starting }
        if isHolding { return .held }
        return description.isLive ? .live : .polling
    }

    package func freshness() async -> Freshness {
        await renewContact()
        return await knownFreshness()
    }

    private func knownFreshness() async -> Freshness {
        if currentAt == nil { currentAt = try? await store.state().committedAt }
        let feed = isFollowing ? description : nil
        return Freshness(
            asOf: currentAt ?? Date(timeIntervalSince1970: 0),
            generation: store.generation,
            state: FreshnessRule().state(current: currentAt, feed: feed, now: clock.now)
        )
    }

    package func requestSync(full: Bool, dryRun: Bool) async -> SyncRun {
        begin(runs.request(full: full && !dryRun, dryRun: dryRun))
    }

    /// Lets a run begin as soon as it can.
    func begin(_ run: SyncRun) -> SyncRun {
        serveNextRun()
        return runs[run.id] ?? run
    }

    package func syncRun(_ id: String, after revision: Int?, wait: Duration) async -> SyncRun? {
        guard let run = runs[id] else { return nil }
        if run.isEnded || run.revision > revision ?? -1 { return run }
        let (changes, changed) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let watcher = UUID()
        watchers[watcher] = changed
        defer { watchers[watcher] = nil }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await Task.sleep(for: wait) }
            group.addTask {
                for await _ in changes where await self.hasChanged(id, since: revision) { return }
            }
            await group.next()
            group.cancelAll()
        }
        return runs[id]
    }

    private func hasChanged(_ id: String, since revision: Int?) -> Bool {
        guard let run = runs[id] else { return true }
        return run.isEnded || run.revision > revision ?? -1
    }

    func update(_ id: String?, _ change: (inout SyncRun) -> Void) {
        guard let id else { return }
        runs.update(id, change)
        for watcher in watchers.values { watcher.yield() }
    }

    /// Lets the run that waits longest begin: on the connection that is catching up anyway, or on a new one. A
    /// connection that serves another run is left to end that first.
    func serveNextRun() {
        guard let run = runs.waiting else { return }
        guard let connection else { return startNow() }
        if connection.isCaughtUp {
            startNow()
        } else if connection.run == nil, connection.attempt.serves(full: run.full, dryRun: run.dryRun) {
            connection.run = run.id
            update(run.id) { $0.phase = connection.isBegun ? .refreshing : .connecting }
        }
    }
}
