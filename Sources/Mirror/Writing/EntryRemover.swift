import GRDB
import Identity
import Synchronizer

/// Removes entries inside a transaction: roles with their memberships, people softly.
///
/// A removed person's row stays, so that `user(id:)` can say so and the same id revives it; the name is given
/// free, and with it everything that groups grant to that name.
struct EntryRemover {
    private let db: Database
    private let now: Double

    /// - Parameter now: seconds since 1970.
    init(_ db: Database, now: Double) {
        self.db = db
        self.now = now
    }

    func remove(_ scope: SyncScope, row: Int64, _ record: inout ChangeRecord) throws {
        let table = EntryTable(scope)
        guard let entry = try table.identity(row, db) else { return }
        if let name = entry.name, try Names(db).isMember(NameDigest(name.key)) { record.doubt(name) }
        switch table {
        case .person:
            if let name = entry.name { try HoldTable(db).releaseName(NameDigest(name.key)) }
            try db.execute(sql: "UPDATE person SET name = NULL, deleted_at = ? WHERE id = ?", arguments: [now, row])
            try LoginTable(db).release(ofPerson: row)
        case .role:
            try db.execute(sql: "DELETE FROM edge WHERE role = ?", arguments: [row])
            try db.execute(sql: "DELETE FROM role WHERE id = ?", arguments: [row])
            // The number of the row may be given to another group.
            try RemovalHour(db, now: now).forget(row)
            record.lost([], from: row)
        }
        try HoldTable(db).forget(scope, row)
        record.removed(row, entry.id, scope)
    }

    static func find(_ scope: SyncScope, _ id: EntryID, _ db: Database) throws -> Int64? {
        let statement = try RowStatement(db, EntryTable(scope).findLiving)
        statement.bind(id, at: 1)
        return try statement.first { $0.int64(0) }
    }
}
