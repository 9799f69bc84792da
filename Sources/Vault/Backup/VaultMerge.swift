import Audit
import Foundation
import GRDB

/// Brings into a restored backup what the vault in use knows better. The vault in use is attached as `inuse`.
struct VaultMerge {
    let db: Database
    let source: SecretsSource
    let now: Milliseconds

    /// What was brought in.
    struct Outcome: Equatable, Sendable {
        var erased = ErasureReplay.Outcome()
        /// Whether the audit goes on where the vault in use had it.
        var keepsAudit = false
    }

    /// - Parameter inUse: what could be read of the vault in use; nil when there is none.
    func run(_ inUse: VaultInUse?) throws -> Outcome {
        for case (let table, .void) in RestoredTable.all { try db.execute(sql: "DELETE FROM main.\(table)") }
        guard let inUse else { return Outcome() }
        try takeKeys()
        let secrets = try source.store(db).load()
        for (table, rule) in RestoredTable.all {
            switch rule {
            case .asInUse:
                try db.execute(
                    sql: "DELETE FROM main.\(table); INSERT INTO main.\(table) SELECT * FROM inuse.\(table)"
                )
            case .merged(let key, let also): try merge(table, key: key, also: also, readable: inUse.readableMethods)
            case .void, .byItself: break
            }
        }
        var outcome = Outcome()
        outcome.keepsAudit = try inUse.hasIntactAudit && continuesAudit()
        if outcome.keepsAudit { try takeAudit() }
        try takeSequences()
        let transaction = VaultTransaction(db: db, now: now, secrets: secrets)
        outcome.erased = try ErasureReplay(transaction: transaction).run(inUse.erasures)
        return outcome
    }

    /// The generations that came since, so that what is brought in opens. Records of the backup follow to the newest
    /// in the background, as after any rotation.
    private func takeKeys() throws {
        try db.execute(
            sql: """
                INSERT INTO main.keyring SELECT * FROM inuse.keyring
                WHERE use = 'generation' AND id NOT IN (SELECT id FROM main.keyring);
                UPDATE main.vault SET key =
                (SELECT id FROM main.keyring WHERE use = 'generation' ORDER BY position DESC, id DESC LIMIT 1)
                """
        )
    }

    private func merge(_ table: String, key: String, also: Bool, readable: Set<String>) throws {
        let columns = try db.columns(in: table).map(\.name).filter { $0 != "position" }
        let list = columns.joined(separator: ", ")
        if also {
            let changes = columns.filter { $0 != key }.map { "\($0) = excluded.\($0)" }.joined(separator: ", ")
            return try db.execute(
                sql: """
                    INSERT INTO main.\(table) (\(list)) SELECT \(list) FROM inuse.\(table) WHERE true
                    ON CONFLICT (\(key)) DO UPDATE SET \(changes)
                    """
            )
        }
        let changes = columns.filter { $0 != key }.map { "\($0) = other.\($0)" }.joined(separator: ", ")
        for id in readable {
            try db.execute(
                sql: """
                    UPDATE main.\(table) SET \(changes) FROM (SELECT * FROM inuse.\(table) WHERE \(key) = ?) AS other
                    WHERE main.\(table).\(key) = other.\(key) AND main.\(table).person = other.person
                    """,
                arguments: [id]
            )
        }
    }

    /// Whether the audit in use is the backup's, gone on.
    private func continuesAudit() throws -> Bool {
        guard
            let end = try Row.fetchOne(db, sql: "SELECT sequence, link FROM main.audit ORDER BY sequence DESC LIMIT 1")
        else { return true }
        let link = try Data.fetchOne(
            db,
            sql: "SELECT link FROM inuse.audit WHERE sequence = ?",
            arguments: [end["sequence"] as Int64]
        )
        if link != nil { return link == end["link"] }
        // Deleted since, as the configuration says: the one in use was found intact.
        let base = try Int64.fetchOne(db, sql: "SELECT sequence FROM inuse.audit_base")
        return base.map { $0 >= end["sequence"] as Int64 } ?? false
    }

    /// The audit only ever grows, whatever is restored. Its keys of people come along: those of the erased are gone.
    private func takeAudit() throws {
        try db.execute(
            sql: """
                DELETE FROM main.keyring WHERE use = 'audit';
                INSERT INTO main.keyring SELECT * FROM inuse.keyring WHERE use = 'audit'
                """
        )
        for table in ["audit", "audit_head", "audit_base", "person_key"] {
            try db.execute(sql: "DELETE FROM main.\(table); INSERT INTO main.\(table) SELECT * FROM inuse.\(table)")
        }
    }

    /// Numbers that were given away are given to nobody else.
    private func takeSequences() throws {
        for row in try Row.fetchAll(db, sql: "SELECT name, seq FROM inuse.sqlite_sequence") {
            let (name, number): (String, Int64) = (row["name"], row["seq"])
            try db.execute(
                sql: "UPDATE main.sqlite_sequence SET seq = max(seq, ?) WHERE name = ?",
                arguments: [number, name]
            )
            guard db.changesCount == 0 else { continue }
            try db.execute(
                sql: "INSERT INTO main.sqlite_sequence (name, seq) VALUES (?, ?)",
                arguments: [name, number]
            )
        }
    }
}
