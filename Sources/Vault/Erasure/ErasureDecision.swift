import Audit
import Foundation
import GRDB
import Identity
import SelfService

extension VaultTransaction {
    /// Deletes everything about a person, the key to the audit's fields included.
    /// - Returns: nil while a write to the directory has no outcome yet: what it did must be told first.
    func erase(_ person: EntryID, reason: String, by actor: AuditActor) throws -> ErasureReport? {
        let unresolved = try Int.fetchOne(
            db,
            sql: "SELECT count(*) FROM intent WHERE person = ? AND state IN ('pending', 'unknown')",
            arguments: [Data(person.bytes)]
        )
        guard unresolved == 0 else { return nil }
        let methods = try Int.fetchOne(
            db,
            sql: "SELECT count(*) FROM method WHERE person = ?",
            arguments: [Data(person.bytes)]
        )
        let report = ErasureReport(methods: methods ?? 0, hadAuditRecords: try personKey(of: person) != nil)
        try eraseRows(of: person)
        try noteErasure(of: person)
        // About nobody: naming the person here would undo it.
        try audit(AuditEvent(.personErased, .done, by: actor, details: ["why": reason]))
        return report
    }

    /// Counters of destinations stay: they stand under keyed indexes and go with their window. Where people have proven
    /// who they are goes for everybody, since whose a row is cannot be told from it; it comes again with the next proof.
    func eraseRows(of person: EntryID) throws {
        let subject = secrets.index.subject(.person(person))
        var counted = [subject, secrets.index.known(.person(person))]
        for id in try String.fetchAll(
            db,
            sql: "SELECT id FROM method WHERE person = ?",
            arguments: [Data(person.bytes)]
        ) {
            counted.append(secrets.index.method(id, of: .person(person)))
            counted.append(secrets.index.knownMethod(id, of: .person(person)))
        }
        let proofs = Counter.Sort.proofs.rawValue
        try db.execute(sql: "DELETE FROM counted WHERE what = ?", arguments: [proofs])
        for key in counted { try db.execute(sql: "DELETE FROM counted WHERE key = ?", arguments: [key]) }
        for table in ["message", "challenge", "session", "link"] {
            try db.execute(sql: "DELETE FROM \(table) WHERE subject = ?", arguments: [subject])
        }
        for table in ["write_watch", "intent", "method", "registration", "recent_policy"] {
            try db.execute(sql: "DELETE FROM \(table) WHERE person = ?", arguments: [Data(person.bytes)])
        }
        for index in secrets.indexes {
            try db.execute(sql: "DELETE FROM person_key WHERE subject = ?", arguments: [index.audited(person)])
        }
        secrets.records.opened?.forget()
    }
}
