import GRDB
import Synchronizer

/// What was removed within the last hour: a row for each commit and scope, or group. Survives a restart.
struct RemovalHour {
    private let db: Database
    private let now: Double

    static let schema = """
        CREATE TABLE removal (at REAL NOT NULL, scope TEXT NOT NULL, role INTEGER NOT NULL, count INTEGER NOT NULL);
        CREATE INDEX removal_group ON removal(role, scope);
        """

    /// Of rows that count the entries of a scope, not the members of a role.
    private static let noRole: Int64 = 0

    /// - Parameter now: seconds since 1970.
    init(_ db: Database, now: Double) {
        self.db = db
        self.now = now
    }

    func entries(_ scope: SyncScope) throws -> Int { try sum(scope, Self.noRole) }

    func members(of role: Int64) throws -> Int { try sum(.roles, role) }

    func addEntries(_ count: Int, _ scope: SyncScope) throws { try add(count, scope, Self.noRole) }

    func addMembers(_ count: Int, of role: Int64) throws { try add(count, .roles, role) }

    func forget(_ role: Int64) throws {
        try db.execute(sql: "DELETE FROM removal WHERE role = ?", arguments: [role])
    }

    /// A clock that was set back by more than an hour makes old rows count for nothing, not for ever.
    private func sum(_ scope: SyncScope, _ role: Int64) throws -> Int {
        try Int.fetchOne(
            db,
            sql: "SELECT sum(count) FROM removal WHERE role = ? AND scope = ? AND abs(? - at) <= ?",
            arguments: [role, scope.rawValue, now, HoldLimits.window]
        ) ?? 0
    }

    private func add(_ count: Int, _ scope: SyncScope, _ role: Int64) throws {
        guard count > 0 else { return }
        try db.execute(sql: "DELETE FROM removal WHERE abs(? - at) > ?", arguments: [now, HoldLimits.window])
        try db.execute(
            sql: "INSERT INTO removal (at, scope, role, count) VALUES (?, ?, ?, ?)",
            arguments: [now, scope.rawValue, role, count]
        )
    }
}
