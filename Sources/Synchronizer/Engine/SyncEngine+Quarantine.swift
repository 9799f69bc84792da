import Identity
import Logging

/// Administrators decide about what is held; the engine does it between two commits of its own.
extension SyncEngine: Quarantine {
    package func batches() async throws -> [HeldBatch] { try await store.heldBatches() }

    package func show(
        _ batch: Int64,
        limit: Int,
        after cursor: String?
    ) async throws -> (HeldBatch, Page<HeldRemoval>) {
        let page = try await store.heldRemovals(in: batch, limit: limit, after: cursor)
        guard let found = try await store.heldBatches().first(where: { $0.id == batch }) else {
            throw QuarantineError(.notFound, "no batch \(batch) waits any more")
        }
        return (found, page)
    }

    package func release(_ batch: Int64, confirm count: Int) async throws -> CommitSummary {
        try refuseWhileStaging()
        let summary = try await store.releaseHeld(batch, confirm: count)
        if !summary.isEmpty { lastChangeAt = clock.now }
        await announce(summary)
        return summary
    }

    package func refuse(_ batch: Int64) async throws -> SyncRun {
        try refuseWhileStaging()
        note(try await store.dropHeld(batch).held)
        return await requestSync(full: true, dryRun: false)
    }

    /// The store has one writer; its own refusal is the last word where a refresh begins in this moment.
    private func refuseWhileStaging() throws {
        guard let connection, connection.isBegun, !connection.isCaughtUp else { return }
        throw QuarantineError(
            .busy,
            "a refresh is being written; try again when `latchkeyctl status` says it has ended"
        )
    }

    /// One line when the first removal is held, one when the last is decided.
    func note(_ now: HeldRemovals) {
        let before = held?.removals ?? 0
        held = now
        move(.held(now.removals))
        if before == 0, let notice = HoldNotice(now) {
            logger.warning("\(notice.text)", metadata: ["incident": "quarantine-began"])
        }
        if before > 0, now.removals == 0 { logger.notice("\(HoldNotice.end)") }
    }
}
