package import Foundation
import GRDB
package import Identity
import Synchronizer

extension MirrorDatabase: DeletedPeople {
    package func deletedPeople(limit: Int, after: EntryID?) async throws -> [EntryID] {
        try await read { db in
            try Row.fetchAll(
                db,
                sql: "SELECT uuid FROM person WHERE deleted_at IS NOT NULL AND uuid > ? ORDER BY uuid LIMIT ?",
                arguments: [Data(after?.bytes ?? []), min(max(limit, 1), Self.pageLimit)]
            ).map { try $0.entryID("uuid") }
        }
    }

    package func living(among people: [EntryID]) async throws -> Set<EntryID> {
        try await read { db in
            Set(try people.filter { try EntryRemover.find(.users, $0, db) != nil })
        }
    }

    /// No generation of its own: nobody who lives is touched.
    package func forget(deletedBefore time: Date, limit: Int) async throws -> Int {
        try await write { db in
            guard !db.isInsideTransaction else { throw self.misuse(.stagingOpen, "a staging generation is open") }
            try db.execute(
                sql: "DELETE FROM person WHERE id IN (SELECT id FROM person WHERE deleted_at <= ? LIMIT ?)",
                arguments: [time.timeIntervalSince1970, max(limit, 1)]
            )
            return db.changesCount
        }
    }
}
