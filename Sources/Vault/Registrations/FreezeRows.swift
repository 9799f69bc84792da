import Audit
import Foundation
import GRDB
import Identity
import SelfService

extension VaultTransaction {
    func isFrozen(_ person: EntryID) throws -> Bool {
        try Bool.fetchOne(
            db,
            cached: "SELECT frozen_at IS NOT NULL FROM registration WHERE person = ?",
            arguments: [Data(person.bytes)]
        ) ?? false
    }

    func isComplete(_ person: EntryID) throws -> Bool {
        try Bool.fetchOne(
            db,
            cached: "SELECT completed_at IS NOT NULL FROM registration WHERE person = ?",
            arguments: [Data(person.bytes)]
        ) ?? false
    }

    /// Stops resets and changes. Who is frozen already stays so since then.
    func freeze(_ person: EntryID, by actor: AuditActor, reason: String) throws {
        try ensureRegistration(of: person)
        try db.execute(
            cached: "UPDATE registration SET frozen_at = ? WHERE person = ? AND frozen_at IS NULL",
            arguments: [now.count, Data(person.bytes)]
        )
        guard db.changesCount > 0 else { return }
        try audit(AuditEvent(.personFrozen, .done, by: actor, about: person, details: ["why": reason]))
    }

    /// - Returns: whether the person was frozen.
    func lift(_ person: EntryID, by actor: AuditActor, reason: String) throws -> Bool {
        try db.execute(
            cached: "UPDATE registration SET frozen_at = NULL WHERE person = ? AND frozen_at IS NOT NULL",
            arguments: [Data(person.bytes)]
        )
        guard db.changesCount > 0 else { return false }
        try audit(AuditEvent(.freezeLifted, .done, by: actor, about: person, details: ["why": reason]))
        return true
    }

    func frozenPeople(limit: Int) throws -> [FrozenPerson] {
        try Row.fetchAll(
            db,
            cached: "SELECT person, frozen_at FROM registration WHERE frozen_at IS NOT NULL ORDER BY frozen_at LIMIT ?",
            arguments: [min(max(limit, 1), 1000)]
        ).compactMap { row in
            EntryID(bytes: row["person"] as Data).map {
                FrozenPerson(person: $0, since: Milliseconds(count: row["frozen_at"]).date)
            }
        }
    }
}
