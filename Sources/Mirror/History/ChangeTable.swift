import Foundation
import GRDB
import Identity
import Synchronizer

/// What the last commits touched: a row for each entry, numbered by generation so that a commit writes at the end of
/// the table and the oldest go from its beginning.
///
/// A commit that touched more than ``commitLimit`` entries is not listed: `floor` says from which generation on
/// the list is complete.
struct ChangeTable {
    /// Entries of one commit. Whoever follows reads the lists instead when there were more.
    static let commitLimit = 5_000
    /// Rows that stay at least; up to ``pruneEvery`` commits may be above it.
    static let keptRows = 100_000
    static let pruneEvery: Int64 = 64
    /// Rows of one page.
    static let pageRows = 2 * commitLimit
    /// A row's number is its generation times this, and its place in the commit.
    private static let stride: Int64 = 1 << 20

    static let schema = """
        CREATE TABLE change (
            id INTEGER PRIMARY KEY,
            scope TEXT NOT NULL,
            action TEXT NOT NULL,
            uuid BLOB NOT NULL
        );
        CREATE TABLE change_floor (history TEXT NOT NULL, generation INTEGER NOT NULL);
        INSERT INTO change_floor SELECT lower(hex(randomblob(4))), generation FROM meta;
        """

    let db: Database

    // MARK: Writing

    func append(_ record: ChangeRecord, generation: Int64) throws {
        guard record.touched <= Self.commitLimit else {
            try db.execute(sql: "DELETE FROM change")
            return try setFloor(generation)
        }
        var writer = try ChangeWriter(db, from: generation * Self.stride)
        try writer.write(record)
        if generation % Self.pruneEvery == 0 { try prune(keeping: Self.keptRows) }
    }

    func prune(keeping kept: Int) throws {
        let sql = "SELECT id FROM change ORDER BY id DESC LIMIT 1 OFFSET ?"
        guard let oldest = try Int64.fetchOne(db, sql: sql, arguments: [kept]) else { return }
        let generation = oldest / Self.stride
        try db.execute(sql: "DELETE FROM change WHERE id < ?", arguments: [(generation + 1) * Self.stride])
        try setFloor(generation)
    }

    private func setFloor(_ generation: Int64) throws {
        try db.execute(sql: "UPDATE change_floor SET generation = ?", arguments: [generation])
    }

    // MARK: Reading

    /// - Parameter rows: how many are read at most; more than ``commitLimit``, so that one commit is always whole.
    func page(after mark: ChangeMark?, rows limit: Int) throws -> ChangePage {
        let now = try current()
        guard let mark else { return .changes([], through: now.mark) }
        let isKnown = mark.history == nil || mark.history == now.mark.history
        guard isKnown, mark.generation >= now.floor, mark.generation <= now.mark.generation else {
            return .startOver(now.mark)
        }
        var generations = try read(after: mark.generation, rows: limit)
        var through = now.mark
        if generations.reduce(0, { $0 + $1.changes.count }) == limit {
            // The last one may go on behind the page: it comes with the next.
            generations.removeLast()
            through.generation = generations.last?.generation ?? mark.generation
        }
        return .changes(generations, through: through)
    }

    private func current() throws -> (floor: Int64, mark: ChangeMark) {
        let sql = "SELECT change_floor.generation, history, meta.generation FROM change_floor, meta"
        guard let row = try Row.fetchOne(db, sql: sql) else { return (0, ChangeMark(generation: 0, history: nil)) }
        return (row[0], ChangeMark(generation: row[2], history: row[1]))
    }

    private func read(after generation: Int64, rows limit: Int) throws -> [LoggedGeneration] {
        let names = """
            SELECT change.id, scope, action, change.uuid, coalesce(person.login, role.title) FROM change
            LEFT JOIN person ON scope = 'users' AND person.uuid = change.uuid
            LEFT JOIN role ON scope = 'roles' AND role.uuid = change.uuid
            WHERE change.id >= ? ORDER BY change.id LIMIT ?
            """
        let start = (generation + 1) * Self.stride
        var found: [LoggedGeneration] = []
        let rows = try Row.fetchCursor(db, sql: names, arguments: [start, limit])
        while let row = try rows.next() {
            let id: Int64 = row[0]
            guard let scope = SyncScope(rawValue: row[1]), let action = LoggedChange.Action(rawValue: row[2]) else {
                continue
            }
            let change = LoggedChange(scope: scope, action: action, id: try row.entryID("uuid"), name: row[4])
            if found.last?.generation != id / Self.stride {
                found.append(LoggedGeneration(generation: id / Self.stride, changes: []))
            }
            found[found.count - 1].changes.append(change)
        }
        return found
    }
}
