import Foundation
import GRDB
import Identity
import Synchronizer

/// The removals that wait. A row is an entry, or, with a member, one membership of the group in that row.
///
/// What is held stays where it is and grants what it granted: only a release removes it.
struct HoldTable {
    private let db: Database

    static let schema = """
        CREATE TABLE hold_batch (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            began REAL NOT NULL,
            reason TEXT NOT NULL
        );
        CREATE TABLE held (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            batch INTEGER NOT NULL,
            scope TEXT NOT NULL,
            entry INTEGER NOT NULL,
            member BLOB NOT NULL,
            since REAL NOT NULL,
            reason TEXT NOT NULL,
            UNIQUE (scope, entry, member)
        );
        CREATE INDEX held_batch ON held(batch, id);
        CREATE INDEX held_member ON held(member);
        """

    /// The member of a row that is an entry.
    private static let none = Data()

    init(_ db: Database) { self.db = db }

    var isEmpty: Bool {
        get throws { try Row.fetchOne(db.cachedStatement(sql: "SELECT 1 FROM held LIMIT 1")) == nil }
    }

    func summary() throws -> HeldRemovals {
        var summary = HeldRemovals()
        let batch = try Row.fetchOne(db, sql: "SELECT id, reason FROM hold_batch ORDER BY id LIMIT 1")
        guard let batch else { return summary }
        summary.batch = batch["id"]
        summary.reason = batch["reason"]
        summary.removals = try Int.fetchOne(db, sql: "SELECT count(*) FROM held") ?? 0
        return summary
    }

    // MARK: Asking

    func entries(_ scope: SyncScope) throws -> RowSet {
        var rows = RowSet()
        let found = try Int64.fetchCursor(
            db,
            sql: "SELECT entry FROM held WHERE scope = ? AND member = ?",
            arguments: [scope.rawValue, Self.none]
        )
        while let row = try found.next() { rows.insert(row) }
        return rows
    }

    func count(_ scope: SyncScope) throws -> Int {
        try Int.fetchOne(
            db,
            sql: "SELECT count(*) FROM held WHERE scope = ? AND member = ?",
            arguments: [scope.rawValue, Self.none]
        ) ?? 0
    }

    func contains(_ scope: SyncScope, _ row: Int64) throws -> Bool {
        try Row.fetchOne(
            db,
            sql: "SELECT 1 FROM held WHERE scope = ? AND entry = ? AND member = ?",
            arguments: [scope.rawValue, row, Self.none]
        ) != nil
    }

    func members(of role: Int64) throws -> Set<NameDigest> {
        try NameDigest.fetchSet(
            db,
            sql: "SELECT member FROM held WHERE scope = 'roles' AND entry = ? AND member <> ?",
            arguments: [role, Self.none]
        )
    }

    // MARK: Holding

    /// The batch that removals of now belong to: what goes wrong within an hour is one incident.
    func openBatch(_ now: Double, _ reason: String) throws -> Int64 {
        let open = try Int64.fetchOne(
            db,
            sql: "SELECT id FROM hold_batch WHERE abs(? - began) <= ? ORDER BY id DESC LIMIT 1",
            arguments: [now, HoldLimits.window]
        )
        if let open { return open }
        try db.execute(sql: "INSERT INTO hold_batch (began, reason) VALUES (?, ?)", arguments: [now, reason])
        return db.lastInsertedRowID
    }

    func hold(
        _ scope: SyncScope,
        _ row: Int64,
        member: NameDigest? = nil,
        batch: Int64,
        now: Double,
        _ reason: RemovalGuard.Reason
    ) throws {
        try db.cachedStatement(
            sql: "INSERT INTO held (batch, scope, entry, member, since, reason) VALUES (?, ?, ?, ?, ?, ?)"
        ).execute(
            arguments: [
                batch, scope.rawValue, row, member?.databaseValue ?? Self.none.databaseValue, now, reason.rawValue,
            ]
        )
    }

    // MARK: Letting go

    /// The entry is there.
    /// - Returns: whether it was held.
    @discardableResult
    func drop(_ scope: SyncScope, _ row: Int64) throws -> Bool {
        try db.cachedStatement(sql: "DELETE FROM held WHERE scope = ? AND entry = ? AND member = ?")
            .execute(arguments: [scope.rawValue, row, Self.none])
        return db.changesCount > 0
    }

    /// The membership is there.
    func drop(_ role: Int64, _ member: NameDigest) throws {
        try db.cachedStatement(sql: "DELETE FROM held WHERE scope = 'roles' AND entry = ? AND member = ?")
            .execute(arguments: [role, member])
    }

    /// The entry is gone, and with it all that was said of it.
    func forget(_ scope: SyncScope, _ row: Int64) throws {
        try db.execute(sql: "DELETE FROM held WHERE scope = ? AND entry = ?", arguments: [scope.rawValue, row])
    }

    /// Who bore the name is called otherwise now: the server took the old name out of groups for that reason.
    func releaseName(_ name: NameDigest) throws {
        try db.execute(
            sql: """
                DELETE FROM edge WHERE member = ?1
                    AND role IN (SELECT entry FROM held WHERE scope = 'roles' AND member = ?1)
                """,
            arguments: [name]
        )
        try db.execute(sql: "DELETE FROM held WHERE member = ?", arguments: [name])
    }

    func drop(batch: Int64) throws {
        try db.execute(sql: "DELETE FROM held WHERE batch = ?", arguments: [batch])
    }

    /// A batch ends with its last removal.
    func endEmptyBatches() throws {
        try db.execute(sql: "DELETE FROM hold_batch WHERE NOT EXISTS (SELECT 1 FROM held WHERE batch = hold_batch.id)")
    }
}
