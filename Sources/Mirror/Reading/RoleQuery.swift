import GRDB
import Identity
import Synchronizer

/// Reads roles with their counts, in one snapshot.
struct RoleQuery {
    let db: Database

    func roles(titled key: MatchKey) throws -> [Role] {
        try Row.fetchAll(db, sql: "SELECT * FROM role WHERE title_key = ? ORDER BY id", arguments: [key.text]).map(role)
    }

    func page(limit: Int, after cursor: ListCursor?) throws -> Page<Role> {
        let rows = try Row.fetchAll(
            db,
            sql: "SELECT * FROM role WHERE (title_key, id) > (?, ?) ORDER BY title_key, id LIMIT ?",
            arguments: [cursor?.key ?? "", cursor?.row ?? 0, limit + 1]
        )
        let next =
            rows.count > limit ? rows.dropLast().last.map { ListCursor(key: $0["title_key"], row: $0["id"]) } : nil
        return Page(items: try rows.prefix(limit).map(role), next: next?.text)
    }

    private func role(_ row: Row) throws -> Role {
        Role(
            id: try row.entryID("uuid"),
            name: row["title"],
            dn: row["dn"],
            memberCount: try RoleClosure(db: db).memberCount(of: row["id"])
        )
    }
}
