import Foundation
import GRDB
package import Identity
package import Synchronizer

extension MirrorDatabase: MirrorStore {
    package func state() async throws -> MirrorState {
        try await read(MetaTable.state)
    }

    package func apply(_ changes: [StagedEvent]) async throws -> CommitSummary {
        let clock = clock
        return try await commit { db, record in
            let writer = try EntryWriter(db)
            let remover = EntryRemover(db, now: clock.now.timeIntervalSince1970)
            for change in changes { try Self.apply(change, db, writer, remover, &record) }
        }
    }

    package func setMemberships(_ memberships: [DNKey: Set<EntryID>]) async throws -> CommitSummary {
        try await commit { db, record in
            let writer = try MembershipWriter(db)
            for (member, roles) in memberships { try writer.setRoles(roles, of: member, &record) }
        }
    }

    private static func apply(
        _ change: StagedEvent,
        _ db: Database,
        _ writer: EntryWriter,
        _ remover: EntryRemover,
        _ record: inout ChangeRecord
    ) throws {
        switch change {
        case .upserts(let entries):
            for entry in entries { try writer.upsert(entry, &record) }
        case .removed(let scope, let ids):
            for id in ids {
                if let row = try EntryRemover.find(scope, id, db) { try remover.remove(scope, row: row, &record) }
            }
        case .present:
            break
        case .cookie(let scope, let cookie):
            try MetaTable.setCookie(scope, cookie, db)
        }
    }

    private func commit(
        _ body: @escaping @Sendable (Database, inout ChangeRecord) throws -> Void
    ) async throws -> CommitSummary {
        let now = clock.now.timeIntervalSince1970
        return try await write { db in
            guard !db.isInsideTransaction else { throw self.misuse(.stagingOpen, "a staging generation is open") }
            var record = ChangeRecord()
            var generation: Int64 = 0
            try db.inTransaction(.immediate) {
                try body(db, &record)
                generation = try MetaTable.advance(record, isRefresh: false, now: now, db)
                return .commit
            }
            self.publish(generation)
            return record.summary(generation: generation)
        }
    }
}
