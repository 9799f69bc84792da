import GRDB
import Identity
import Synchronizer

/// Writes memberships: always the difference to what is stored.
struct MembershipWriter {
    private let db: Database
    private let stored: RowStatement
    private let add: RowStatement
    private let remove: RowStatement

    init(_ db: Database) throws {
        self.db = db
        stored = try RowStatement(db, "SELECT member FROM edge WHERE role = ?1")
        add = try RowStatement(db, "INSERT OR IGNORE INTO edge (role, member) VALUES (?1, ?2)")
        remove = try RowStatement(db, "DELETE FROM edge WHERE role = ?1 AND member = ?2")
    }

    /// Makes exactly `members` the direct members of `role`. One change in a group of 200,000 writes one row.
    /// - Returns: whether there was a difference.
    func set(_ members: [DNKey], of role: Int64) throws -> Bool {
        var missing = Set(members.map(NameDigest.init))
        var surplus: [NameDigest] = []
        stored.bind(role, at: 1)
        try stored.forEach { row in
            guard let member = row.name(0) else { return }
            if missing.remove(member) == nil { surplus.append(member) }
        }
        for member in surplus { try run(remove, role, member) }
        for member in missing { try run(add, role, member) }
        return !surplus.isEmpty || !missing.isEmpty
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
        for holder in holders where missing.remove(try holder.entryID("uuid")) == nil {
            try run(remove, holder["id"], name)
            record.changed(holder["id"], .roles, dn: holder["dn"])
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
