import Audit
import Foundation
import GRDB

/// The one transaction in which new keys begin to write: a new generation, a new key of the audit's chain, and
/// everything that is looked up by a keyed hash. Long-lived records follow in the background (``RotationStep``).
struct RotationStart {
    let store: KeyringStore
    let secrets: VaultSecrets
    let now: Milliseconds

    private var db: Database { store.db }

    /// Counters and sessions in one batch of statements.
    private static let batch = 500

    /// - Returns: what the next statement of this transaction needs.
    func run(by actor: AuditActor) throws -> VaultTransaction {
        guard let writer = store.keys.first else { return VaultTransaction(db: db, now: now, secrets: secrets) }
        let own = try store.opened(secrets.database)
        let position = (own.map(\.position).max() ?? 0) + 1
        let seam = try AuditTable(db: db, keys: secrets.keyring.audit).nextSequence()
        let generation = OpenedKey(.generation, position: position)
        for key in [generation, OpenedKey(.audit, position: position, first: seam)] {
            try key.store(db, under: writer, database: secrets.database)
        }
        try db.execute(sql: "UPDATE vault SET key = ?", arguments: [generation.id])
        let next = VaultTransaction(db: db, now: now, secrets: try store.load())
        try move(to: next.secrets)
        // The first record under the new key binds everything before it: who has the former key cannot change it.
        try next.audit(
            AuditEvent(
                .keysRotated,
                .done,
                by: actor,
                details: ["from": secrets.keyID, "to": generation.id, "under": writer.id]
            )
        )
        return next
    }

    private func move(to next: VaultSecrets) throws {
        for table in ["session", "link"] {
            try db.execute(sql: "DELETE FROM \(table) WHERE expires_at <= ?", arguments: [now.count])
        }
        for table in SealedTable.all where table.isShortLived {
            let resealing = Resealing(db: db, secrets: next, table: table)
            var last: DatabaseValue?
            repeat { last = try resealing.run(after: last, limit: Self.batch).last } while last != nil
            // What does not open could never be used, and must not stay under a key that is left.
            try db.execute(sql: "DELETE FROM \(table.name) WHERE key <> ?", arguments: [next.keyID])
        }
        try moveCounters(from: secrets.keyring.current, to: next.keyring.current)
    }

    /// Counters of people, decoys, destinations and front ends alike: nobody's count begins anew.
    private func moveCounters(from former: KeyGeneration, to current: KeyGeneration) throws {
        let hash = SealedTable.Hash(column: "key", cover: \.indexes)
        for key in try Data.fetchAll(db, sql: "SELECT DISTINCT key FROM counted") {
            try db.execute(
                sql: "UPDATE counted SET key = ? WHERE key = ?",
                arguments: [Resealing.moved(key.databaseValue, hash, from: former, to: current), key]
            )
        }
    }
}
