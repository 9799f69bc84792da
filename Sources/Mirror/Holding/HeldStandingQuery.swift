import Foundation
import GRDB
import Identity
import Synchronizer

/// What a person has only because a removal is held: their roles with everything that waits, less those without.
struct HeldStandingQuery {
    let db: Database

    func standing(of id: EntryID) throws -> HeldStanding? {
        let statement = try db.cachedStatement(
            sql: "SELECT id, name, login FROM person WHERE uuid = ? AND deleted_at IS NULL"
        )
        guard let row = try Row.fetchOne(statement, arguments: [Data(id.bytes)]) else { return nil }
        let (name, login): (NameDigest?, String) = (row["name"], row["login"])
        let closure = RoleClosure(db: db)
        let roles = try closure.names(heldBy: name, login: login)
        let holds = HoldTable(db)
        // The usual case: nothing waits, and one look at an empty table tells it.
        guard try !holds.isEmpty else { return HeldStanding(roles: roles) }
        let firm = Set(try closure.names(heldBy: name, login: login, edges: Self.firmEdges))
        return HeldStanding(
            roles: roles,
            heldRoles: roles.filter { !firm.contains($0) },
            isEntryHeld: try holds.contains(.users, row["id"])
        )
    }

    /// Memberships that neither wait themselves nor belong to a group that does.
    private static let firmEdges = """
        (SELECT role, member FROM edge WHERE NOT EXISTS (
            SELECT 1 FROM main.held WHERE scope = 'roles' AND entry = edge.role AND (member = edge.member OR member = x'')
        ))
        """
}
