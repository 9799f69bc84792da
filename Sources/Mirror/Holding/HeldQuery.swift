import Foundation
import GRDB
import Identity
import Synchronizer

/// Reads batches of held removals, and releases one.
struct HeldQuery {
    let db: Database

    func batches() throws -> [HeldBatch] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT hold_batch.id, began, hold_batch.reason,
                    sum(scope = 'users') AS users,
                    sum(scope = 'roles' AND length(member) = 0) AS roles,
                    sum(length(member) > 0) AS memberships
                FROM hold_batch JOIN held ON held.batch = hold_batch.id
                GROUP BY hold_batch.id ORDER BY hold_batch.id
                """
        ).map { row in
            HeldBatch(
                id: row["id"],
                began: Date(timeIntervalSince1970: row["began"]),
                reason: row["reason"],
                users: row["users"],
                roles: row["roles"],
                memberships: row["memberships"]
            )
        }
    }

    /// - Throws: ``QuarantineError`` where no such batch waits.
    func count(_ batch: Int64) throws -> Int {
        let count = try Int.fetchOne(db, sql: "SELECT count(*) FROM held WHERE batch = ?", arguments: [batch]) ?? 0
        guard count > 0 else {
            throw QuarantineError(
                .notFound,
                "no batch \(batch) waits; it was released or refused, or its entries are back"
            )
        }
        return count
    }

    func page(_ batch: Int64, limit: Int, after cursor: ListCursor?) throws -> Page<HeldRemoval> {
        let rows = try Row.fetchAll(
            db,
            sql: "SELECT * FROM held WHERE batch = ? AND id > ? ORDER BY id LIMIT ?",
            arguments: [batch, cursor?.row ?? 0, limit + 1]
        )
        let next = rows.count > limit ? rows.dropLast().last.map { ListCursor(key: "", row: $0["id"]) } : nil
        return Page(items: try rows.prefix(limit).compactMap(removal), next: next?.text)
    }

    func release(_ batch: Int64, _ remover: EntryRemover, _ record: inout ChangeRecord) throws {
        let rows = try Row.fetchAll(
            db,
            sql: "SELECT scope, entry, member FROM held WHERE batch = ?",
            arguments: [batch]
        )
        for row in rows {
            let (scope, entry): (SyncScope, Int64) = (Self.scope(row), row["entry"])
            let member: Data = row["member"]
            guard !member.isEmpty else {
                try remover.remove(scope, row: entry, &record)
                continue
            }
            guard let dn = try EntryTable.role.identity(entry, db)?.dn else { continue }
            try db.execute(sql: "DELETE FROM edge WHERE role = ? AND member = ?", arguments: [entry, member])
            record.changed(entry, .roles, dn: dn)
        }
        try HoldTable(db).drop(batch: batch)
    }

    private static func scope(_ row: Row) -> SyncScope {
        let text: String = row["scope"]
        return text == SyncScope.users.rawValue ? .users : .roles
    }

    private func removal(_ row: Row) throws -> HeldRemoval? {
        let scope = Self.scope(row)
        guard let entry = try EntryTable(scope).identity(row["entry"], db) else { return nil }
        let (bytes, reason, since): (Data, String, Double) = (row["member"], row["reason"], row["since"])
        let isMembership = !bytes.isEmpty
        return HeldRemoval(
            kind: isMembership ? .membership : scope == .users ? .user : .role,
            id: entry.id,
            dn: entry.dn,
            member: isMembership ? try bearer(bytes) : nil,
            reason: RemovalGuard.Reason(rawValue: reason) ?? .count,
            since: Date(timeIntervalSince1970: since)
        )
    }

    private func bearer(_ name: Data) throws -> String? {
        try String.fetchOne(
            db,
            sql: """
                SELECT dn FROM person WHERE name = ?1 UNION ALL SELECT dn FROM role WHERE name = ?1
                UNION ALL SELECT person.dn FROM login_name \(LoginTable.people) WHERE login_name.name = ?1
                """,
            arguments: [name]
        )
    }
}
