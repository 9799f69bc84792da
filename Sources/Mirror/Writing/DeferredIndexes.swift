import GRDB
import Synchronizer

/// Indexes that an empty mirror's first refresh goes without: each entry would go to a random page of each. They are made
/// by sorting, in the same transaction, so that nobody ever reads without them: those of people once all of them are
/// there, while the roles are on their way, and the others at the end.
///
/// What keeps ids and names unique stays. Sorting takes memory, some 40 bytes for each row: a larger directory's are made
/// once so many rows are there.
struct DeferredIndexes: Sendable {
    private static let names: [SyncScope: [String]] = [
        .users: ["person_login", "person_email", "person_deleted"], .roles: ["edge_member"],
    ]

    static let usualLimit = 200_000

    /// What makes them again.
    private var statements: [SyncScope: [String]] = [:]
    private var rows: [SyncScope: Int] = [:]
    private let limit: Int

    /// - Parameter limit: rows of one scope, memberships for roles, that are sorted at once.
    init(limit: Int = usualLimit) { self.limit = limit }

    mutating func drop(_ db: Database) throws {
        for (scope, names) in Self.names { statements[scope] = try names.compactMap { try Self.drop($0, db) } }
    }

    private static func drop(_ name: String, _ db: Database) throws -> String? {
        let sql = "SELECT sql FROM sqlite_master WHERE type = 'index' AND name = ?"
        guard let statement = try String.fetchOne(db, sql: sql, arguments: [name]) else { return nil }
        try db.execute(sql: "DROP INDEX \(name)")
        return statement
    }

    /// So many rows more are written.
    mutating func note(_ scope: SyncScope, rows count: Int, _ db: Database) throws {
        rows[scope, default: 0] += count
        if rows[scope, default: 0] >= limit { try make(scope, db) }
    }

    mutating func make(_ scope: SyncScope, _ db: Database) throws {
        for statement in statements.removeValue(forKey: scope) ?? [] { try db.execute(sql: statement) }
    }

    mutating func makeAll(_ db: Database) throws {
        for scope in SyncScope.allCases { try make(scope, db) }
    }
}
