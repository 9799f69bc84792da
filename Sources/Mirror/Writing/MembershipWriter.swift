import GRDB
import Identity
import Synchronizer

/// Writes memberships: always the difference to what is stored. New ones at once; those that go are noted in the
/// record and pass ``RemovalGate`` at the end of the commit.
struct MembershipWriter {
    private let db: Database
    private let stored: RowStatement
    private let add: RowStatement

    init(_ db: Database) throws {
        self.db = db
        stored = try RowStatement(db, "SELECT member FROM edge WHERE role = ?1 ORDER BY member")
        add = try RowStatement(db, "INSERT OR IGNORE INTO edge (role, member) VALUES (?1, ?2)")
    }

    /// Makes exactly the members of `group` those of the row. One change in a group of 200,000 writes one row.
    /// - Returns: whether some came.
    func set(_ group: RoleRow, of role: Int64, _ record: inout ChangeRecord) throws -> Bool {
        var (missing, surplus) = try difference(group, role)
        let holds = HoldTable(db)
        for member in try holds.members(of: role) where surplus.remove(member) == nil { try holds.drop(role, member) }
        record.lost(surplus, from: role)
        for member in missing {
            try run(add, role, member)
            if let login = group.logins[member] { try LoginTable(db).add(login, member) }
        }
        return !missing.isEmpty
    }

    private func difference(_ group: RoleRow, _ role: Int64) throws -> (missing: [NameDigest], surplus: Set<NameDigest>)
    {
        var difference = MemberDifference(wanted: group.members)
        stored.bind(role, at: 1)
        try stored.forEach { row in if let member = row.name(0) { difference.meet(member) } }
        difference.end()
        return (difference.missing, difference.surplus)
    }

    /// Makes exactly `roles` the groups that name `member` directly. Groups that the mirror does not hold are left
    /// out: they come with their members.
    func setRoles(_ roles: Set<EntryID>, of member: DNKey, _ record: inout ChangeRecord) throws {
        let name = NameDigest(member)
        var missing = roles
        let holders = try Row.fetchAll(
            db,
            sql: "SELECT role.id, role.uuid, role.dn FROM edge JOIN role ON role.id = edge.role WHERE edge.member = ?",
            arguments: [name]
        )
        let holds = HoldTable(db)
        for holder in holders {
            let role: Int64 = holder["id"]
            if missing.remove(try holder.entryID("uuid")) != nil {
                try holds.drop(role, name)
                record.kept(name, in: role)
            } else if try !holds.members(of: role).contains(name) {
                record.lost(name, from: role)
            }
        }
        for id in missing {
            let find = try RowStatement(db, "SELECT id, dn FROM role WHERE uuid = ?1")
            find.bind(id, at: 1)
            guard let role = try find.first({ ($0.int64(0), $0.text(1)) }) else { continue }
            try run(add, role.0, name)
            record.changed(role.0, .roles, dn: role.1)
        }
    }

    private func run(_ statement: RowStatement, _ role: Int64, _ member: NameDigest) throws {
        statement.bind(role, at: 1)
        statement.bind(member, at: 2)
        try statement.run()
    }
}
