import Foundation
import GRDB
import Identity
package import Synchronizer

extension MirrorDatabase: QuarantineStore {
    package func heldBatches() async throws -> [HeldBatch] {
        try await read { db in try HeldQuery(db: db).batches() }
    }

    package func heldRemovals(in batch: Int64, limit: Int, after cursor: String?) async throws -> Page<HeldRemoval> {
        let place = try cursor.map { text in
            guard let place = ListCursor(text) else {
                throw QuarantineError(.badCursor, "the cursor is none that was given out; start without one")
            }
            return place
        }
        return try await read { db in
            let query = HeldQuery(db: db)
            _ = try query.count(batch)
            return try query.page(batch, limit: limit, after: place)
        }
    }

    package func releaseHeld(_ batch: Int64, confirm count: Int) async throws -> CommitSummary {
        let clock = clock
        return try await decide { db, record in
            let query = HeldQuery(db: db)
            let waiting = try query.count(batch)
            guard waiting == count else {
                throw QuarantineError(
                    .changed,
                    "batch \(batch) holds \(waiting) removals and not \(count); look at it again, then confirm that number"
                )
            }
            try query.release(batch, EntryRemover(db, now: clock.now.timeIntervalSince1970), &record)
        }
    }

    package func dropHeld(_ batch: Int64) async throws -> CommitSummary {
        try await decide { db, _ in
            _ = try HeldQuery(db: db).count(batch)
            try HoldTable(db).drop(batch: batch)
            // Whatever happens before everything has been read again: no cookie leads past these removals.
            for scope in SyncScope.allCases { try MetaTable.dropCookie(scope, db) }
        }
    }

    private func decide(
        _ body: @escaping @Sendable (Database, inout ChangeRecord) throws -> Void
    ) async throws -> CommitSummary {
        do {
            return try await commit(body)
        } catch let error as MirrorError where error.code == .stagingOpen {
            throw QuarantineError(.busy, "a refresh is being written; try again when it has ended")
        }
    }
}
