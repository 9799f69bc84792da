import GRDB

/// Indexes that an empty mirror's first refresh goes without: each entry would go to a random page of each. They are made
/// at its end, by sorting, in the same transaction, so that nobody ever reads without them.
///
/// What keeps ids and names unique stays.
enum DeferredIndexes {
    private static let names: [String] = ["person_login", "person_email", "person_deleted", "edge_member"]

    /// - Returns: the statements that make them again.
    static func drop(_ db: Database) throws -> [String] {
        try names.compactMap { name in
            let statement = try String.fetchOne(
                db,
                sql: "SELECT sql FROM sqlite_master WHERE type = 'index' AND name = ?",
                arguments: [name]
            )
            if statement != nil { try db.execute(sql: "DROP INDEX \(name)") }
            return statement
        }
    }

    static func make(_ statements: [String], _ db: Database) throws {
        for statement in statements { try db.execute(sql: statement) }
    }
}
