import Foundation
import GRDB
package import Identity
package import Synchronizer

extension MirrorDatabase: MirrorStore {
    package func state() async throws -> MirrorState {
        try await read(MetaTable.state)
    }

    package func apply(_ changes: [StagedEvent]) async throws -> CommitSummary {
        let (now, limits) = (clock.now.timeIntervalSince1970, limits)
        return try await commit { db, record in
            let writer = try EntryWriter(db, now: now)
            let gate = RemovalGate(db, limits: limits, now: now)
            for change in changes { try Self.apply(change, db, writer, gate, &record) }
            try gate.settleMemberships(&record)
        }
    }

    package func setMemberships(_ memberships: [DNKey: Set<EntryID>]) async throws -> CommitSummary {
        let (now, limits) = (clock.now.timeIntervalSince1970, limits)
        return try await commit { db, record in
            let writer = try MembershipWriter(db)
            for (member, roles) in memberships { try writer.setRoles(roles, of: member, &record) }
            try RemovalGate(db, limits: limits, now: now).settleMemberships(&record)
        }
    }

    private static func apply(
        _ change: StagedEvent,
        _ db: Database,
        _ writer: EntryWriter,
        _ gate: RemovalGate,
        _ record: inout ChangeRecord
    ) throws {
        switch change {
        case .upserts(let entries):
            for part in PreparedEntries.list(entries) { try writer.upsert(part, &record, written: gate.isThere) }
        case .removed(let scope, let ids):
            for id in ids {
                // One by one: how the changes fell into commits must not change what goes.
                if let row = try EntryRemover.find(scope, id, db) { try gate.remove(scope, [row], &record) }
            }
        case .present(let scope, let ids):
            for id in ids {
                if let row = try EntryRemover.find(scope, id, db) { try gate.isThere(scope, row) }
            }
        case .cookie(let scope, let cookie):
            try MetaTable.setCookie(scope, cookie, db)
        }
    }

    func commit(
        _ body: @escaping @Sendable (Database, inout ChangeRecord) throws -> Void
    ) async throws -> CommitSummary {
        let now = clock.now.timeIntervalSince1970
        return try await write { db in
            guard !db.isInsideTransaction else { throw self.misuse(.stagingOpen, "a staging generation is open") }
            var record = ChangeRecord()
            var generation: Int64 = 0
            try db.inTransaction(.immediate) {
                try body(db, &record)
                try HoldTable(db).endEmptyBatches()
                generation = try MetaTable.advance(record, isRefresh: false, now: now, db)
                if !record.isEmpty { try ChangeTable(db: db).append(record, generation: generation) }
                return .commit
            }
            self.publish(generation)
            return try record.summary(generation: generation, held: HoldTable(db).summary())
        }
    }
}
