import GRDB
import Identity

/// The interned canonical names: whoever bears a name and whoever is named by a group share its number.
struct NameTable {
    private let find: RowStatement
    private let add: RowStatement
    private let bearer: RowStatement
    private let db: Database

    init(_ db: Database) throws {
        self.db = db
        find = try RowStatement(db, "SELECT id FROM name WHERE key = ?1")
        add = try RowStatement(db, "INSERT INTO name (key) VALUES (?1)")
        bearer = try RowStatement(db, EntryTable.bearers)
    }

    /// - Returns: the name's number, and whether the name was unknown before.
    func intern(_ key: DNKey) throws -> (id: Int64, isNew: Bool) {
        if let id = try known(key) { return (id, false) }
        add.bind(key.text, at: 1)
        try add.run()
        return (db.lastInsertedRowID, true)
    }

    func known(_ key: DNKey) throws -> Int64? {
        find.bind(key.text, at: 1)
        return try find.first { $0.int64(0) }
    }

    /// Whether a living entry bears the name.
    func isBorne(_ id: Int64) throws -> Bool {
        bearer.bind(id, at: 1)
        return try bearer.first { _ in true } ?? false
    }

    /// The text of a number, for what left the directory.
    static func key(_ id: Int64, _ db: Database) throws -> DNKey? {
        try String.fetchOne(db, sql: "SELECT key FROM name WHERE id = ?", arguments: [id]).map(DNKey.init(canonical:))
    }

    /// Whether any group names it.
    static func isMember(_ id: Int64, _ db: Database) throws -> Bool {
        try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM edge WHERE member = ?)", arguments: [id]) ?? false
    }

    /// Names that nothing refers to any more. Reads every name: for a full refresh only.
    static func removeUnused(_ db: Database) throws {
        try db.execute(
            sql: """
                DELETE FROM name WHERE
                NOT EXISTS (SELECT 1 FROM person WHERE person.name = name.id)
                AND NOT EXISTS (SELECT 1 FROM role WHERE role.name = name.id)
                AND NOT EXISTS (SELECT 1 FROM edge WHERE edge.member = name.id)
                """
        )
    }
}
