import Foundation
import Identity
import Logging

/// One connection: refresh into staging, one commit, live changes.
extension SyncEngine {
    func hold(_ connection: Connection) async throws {
        let attempt = connection.attempt
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [feed] in
                try await feed.follow(from: attempt.cookies, mode: attempt.mode) { event in
                    try await self.take(event)
                }
            }
            group.addTask { try await self.commitChanges() }
            group.addTask { try await self.watchDeadlines() }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    /// Takes the next event of the feed. What it throws ends the connection; why, the connection knows.
    private func take(_ event: FeedEvent) async throws {
        guard let connection else { throw CancellationError() }
        let now = clock.now
        lastContactAt = now
        isUnanswering = false
        connection.takes += 1
        defer {
            connection.takes -= 1
            move(.heard)
        }
        if case .references(_, let count) = event { connection.references += count }
        if connection.isCaughtUp { return try await enqueue(event, connection, at: now) }
        do {
            try await takeRefresh(event, connection)
        } catch let failure as SyncFailure {
            connection.failure = failure
            throw failure
        } catch {
            connection.failure = SyncFailure(.store, "the mirror cannot be written: \(error)")
            throw error
        }
    }

    private func takeRefresh(_ event: FeedEvent, _ connection: Connection) async throws {
        if let staged = event.staged {
            try await store.stage(staged)
            count(event, connection)
        } else if case .reached(let server) = event {
            move(.reached(server: server))
        } else if case .connected(let description) = event {
            self.description = description
            move(.identified(description, isFull: connection.attempt.cookies.isEmpty))
            try await store.beginRefresh(identity: feed.identity, resumed: connection.attempt.resumed)
            connection.isBegun = true
            update(connection.run) { $0.phase = .refreshing }
        } else if case .refreshed(let scope, let kind) = event {
            connection.outcome[scope] = connection.attempt.kind(scope, said: kind)
            if connection.isComplete { try await complete(connection) }
        }
    }

    private func count(_ event: FeedEvent, _ connection: Connection) {
        switch event {
        case .upserts, .present, .removed: update(connection.run) { $0.received += event.size }
        default: break
        }
    }

    // MARK: The end of a refresh

    private func complete(_ connection: Connection) async throws {
        update(connection.run) { $0.phase = .committing }
        let difference = try await store.previewRefresh(connection.outcome)
        if connection.attempt.purpose == .dryRun { return await finishDryRun(connection, difference) }
        if case .refuse(let failure) = RefreshGuard().judge(connection.attempt, connection.outcome, difference) {
            throw failure
        }
        let summary = try await store.commitRefresh(connection.outcome)
        connection.isCaughtUp = true
        follows(connection, summary)
        await publish(summary, connection)
        connection.changed.yield()
    }

    private func tellReferences(_ connection: Connection) {
        guard connection.references > 0 else { return }
        logger.notice(
            "the server names other servers for parts of the content (continuation references); they are not followed",
            metadata: ["references": "\(connection.references)"]
        )
    }

    private func finishDryRun(_ connection: Connection, _ difference: RefreshDifference) async {
        connection.isDone = true
        await store.abandonRefresh()
        update(connection.run) {
            $0.phase = .finished
            $0.difference = difference
        }
    }

    private func follows(_ connection: Connection, _ summary: CommitSummary) {
        isFollowing = true
        move(.caughtUp(isLive: description?.isLive == true, held: summary.held.removals))
        tellReferences(connection)
        noteCurrent(lastContactAt)
        tell(machine.succeeded(at: clock.now))
        update(connection.run) {
            $0.phase = .finished
            $0.summary = summary
        }
        connection.run = nil
        logger.info(
            "caught up with the directory",
            metadata: [
                "added": "\(summary.added)", "changed": "\(summary.changed)", "removed": "\(summary.removed)",
                "held": "\(summary.newlyHeld)",
                "generation": "\(summary.generation)",
            ]
        )
        serveNextRun()
    }
}
