import Audit
import Foundation
import GRDB

/// What can be read of the vault that a backup is to replace.
struct VaultInUse {
    let database: [UInt8]
    let erasures: [Erasure]
    /// Ids of methods whose records open.
    let readableMethods: Set<String>
    let hasIntactAudit: Bool

    /// - Parameter path: of a file that is there. Its log is moved into it, so that it is one file.
    /// - Throws: what makes it unreadable.
    init(path: String, source: SecretsSource) throws {
        let (queue, _) = try VaultFile(path: path).open()
        defer { try? queue.close() }
        self = try queue.write { db in
            let whole = try String.fetchOne(db, sql: "PRAGMA quick_check")
            guard whole == "ok" else { throw VaultError(.damaged, at: path, detail: "is damaged") }
            // Of schema "1": it has no keys of its own yet.
            if try Int.fetchOne(db, sql: "SELECT count(*) FROM keyring") == 0 {
                _ = try source.store(db).establish()
            }
            return try VaultInUse(db, source)
        }
    }

    private init(_ db: Database, _ source: SecretsSource) throws {
        let secrets = try source.store(db).load()
        let transaction = VaultTransaction(db: db, now: Milliseconds(count: 0), secrets: secrets)
        database = secrets.database
        erasures = try transaction.erasures()
        readableMethods = try Self.readableMethods(transaction)
        var walk = AuditWalk()
        while !walk.isFinished { try walk.step(AuditTable(db: db, keys: secrets.keyring.audit)) }
        hasIntactAudit = walk.result.isIntact
    }

    private static func readableMethods(_ transaction: VaultTransaction) throws -> Set<String> {
        guard let table = SealedTable.all.first(where: { $0.name == "method" }) else { return [] }
        let rows = try Row.fetchCursor(transaction.db, sql: "SELECT * FROM method")
        var readable: Set<String> = []
        while let row = try rows.next() {
            let values = Dictionary(row.map { ($0.0, $0.1) }) { first, _ in first }
            let place = table.context(values)
            let sealed = try? transaction.secrets.records.reseal(
                row["sealed"] ?? Data(),
                keyID: row["key"],
                from: place,
                to: place
            )
            if sealed != nil { readable.insert(row["id"]) }
        }
        return readable
    }
}
