import GRDB
import Identity

/// Who bears a name, and whether a group names it.
struct Names {
    private let bearer: RowStatement
    private let role: RowStatement
    private let member: RowStatement
    private let anyRole: RowStatement

    init(_ db: Database) throws {
        bearer = try RowStatement(db, EntryTable.bearers)
        role = try RowStatement(db, "SELECT 1 FROM role WHERE name = ?1")
        member = try RowStatement(db, "SELECT 1 FROM edge WHERE member = ?1 LIMIT 1")
        anyRole = try RowStatement(db, "SELECT 1 FROM role LIMIT 1")
    }

    var hasRoles: Bool {
        get throws { try anyRole.first { _ in true } ?? false }
    }

    /// Whether a living entry bears it.
    func isBorne(_ name: NameDigest) throws -> Bool { try exists(bearer, name) }

    /// Whether a role bears it.
    func isRole(_ name: NameDigest) throws -> Bool { try exists(role, name) }

    /// Whether any group names it.
    func isMember(_ name: NameDigest) throws -> Bool { try exists(member, name) }

    private func exists(_ statement: RowStatement, _ name: NameDigest) throws -> Bool {
        statement.bind(name, at: 1)
        return try statement.first { _ in true } ?? false
    }
}
