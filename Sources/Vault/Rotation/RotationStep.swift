import Audit
import GRDB

/// Long-lived records on their way to the new keys, some at a time, so that decisions are made in between. Where it
/// stops does not matter: what is still under a former key says so itself.
struct RotationStep: Sendable {
    /// Rows in one transaction.
    static let batch = 100

    private var table = 0
    private var last: DatabaseValue?
    /// Rows that do not open.
    private(set) var unreadable = 0
    private(set) var isFinished = false

    /// - Parameter transaction: one of its own.
    mutating func run(_ transaction: VaultTransaction) throws {
        guard transaction.secrets.keyring.generations.count > 1 else { return isFinished = true }
        let tables = SealedTable.all.filter { !$0.isShortLived }
        guard table < tables.count else { return try finish(transaction) }
        let resealing = Resealing(db: transaction.db, secrets: transaction.secrets, table: tables[table])
        let outcome = try resealing.run(after: last, limit: Self.batch)
        unreadable += outcome.unreadable
        last = outcome.last
        if last == nil { table += 1 }
    }

    /// The former keys go only when nothing is left under them.
    private mutating func finish(_ transaction: VaultTransaction) throws {
        isFinished = true
        guard try transaction.remaining().isEmpty else { return }
        let (db, formers) = (transaction.db, transaction.secrets.keyring.generations.dropFirst())
        for former in formers {
            try db.execute(sql: "DELETE FROM keyring WHERE id = ? AND use = 'generation'", arguments: [former.id])
        }
        try transaction.audit(
            AuditEvent(.rotationFinished, .done, by: .daemon, details: ["key": transaction.secrets.keyID])
        )
    }
}

extension VaultTransaction {
    /// Records that are still under a former key, by table.
    func remaining() throws -> [String: Int] {
        var remaining: [String: Int] = [:]
        for table in SealedTable.all {
            let count = try Int.fetchOne(
                db,
                sql: "SELECT count(*) FROM \(table.name) WHERE key <> ?",
                arguments: [secrets.keyID]
            )
            if let count, count > 0 { remaining[table.name] = count }
        }
        return remaining
    }
}
