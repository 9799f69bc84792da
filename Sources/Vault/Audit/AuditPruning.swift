import Audit
import Foundation
import GRDB

/// Deletes the oldest records. What the first one that stays follows is kept, authenticated, so that the chain can be
/// verified from there on; and nothing is deleted that does not verify, since that would be somebody's evidence.
struct AuditPruning {
    let table: AuditTable
    let limit: Int

    private var db: Database { table.db }

    /// - Returns: how many records went, and the last of them.
    func run(before time: Milliseconds) throws -> (count: Int, last: AuditTable.End) {
        let base = try table.base()
        let newest = try table.lastRecord().sequence
        var (count, end) = (0, base)
        let rows = try Row.fetchCursor(
            db,
            sql: "SELECT sequence, payload, link FROM audit WHERE sequence < ? ORDER BY sequence LIMIT ?",
            arguments: [newest, limit]
        )
        while let row = try rows.next(), let next = isOld(row, after: end, time) {
            end = next
            count += 1
        }
        guard count > 0 else { return (0, base) }
        try db.execute(sql: "DELETE FROM audit WHERE sequence <= ?", arguments: [end.sequence])
        let mac = table.keys.chain(at: end.sequence).base(sequence: end.sequence, link: end.link)
        try db.execute(
            sql: "INSERT OR REPLACE INTO audit_base (id, sequence, link, mac) VALUES (1, ?, ?, ?)",
            arguments: [end.sequence, Data(end.link), Data(mac)]
        )
        return (count, end)
    }

    /// The record's own end where it is intact and from before that time.
    private func isOld(_ row: Row, after end: AuditTable.End, _ time: Milliseconds) -> AuditTable.End? {
        let sequence: Int64 = row["sequence"]
        guard sequence == end.sequence + 1, let payload = row["payload"] as Data?, let stored = row["link"] as Data?,
            let record = try? AuditPayload.decode(payload), record.time < time
        else { return nil }
        let chain = table.keys.chain(at: sequence)
        let link = chain.link(sequence: sequence, payload: Array(payload), previous: end.link)
        return link == Array(stored) ? AuditTable.End(sequence: sequence, link: link) : nil
    }
}

extension VaultSchema {
    static let auditBase = """
        CREATE TABLE audit_base (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            sequence INTEGER NOT NULL,
            link BLOB NOT NULL,
            mac BLOB NOT NULL
        );
        """
}
