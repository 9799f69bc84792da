import Audit
import Foundation
import GRDB
import Identity
import SelfService

extension VaultTransaction {
    func revive(_ person: EntryID) throws {
        try db.execute(
            cached: "UPDATE registration SET disabled_at = NULL WHERE person = ? AND disabled_at IS NOT NULL",
            arguments: [Data(person.bytes)]
        )
        guard db.changesCount > 0 else { return }
        try audit(AuditEvent(.registrationRevived, .done, by: .daemon, about: person))
    }

    func disabledPeople(limit: Int, after: EntryID?) throws -> [EntryID] {
        try Data.fetchAll(
            db,
            cached: """
                SELECT person FROM registration WHERE disabled_at IS NOT NULL AND person > ? ORDER BY person LIMIT ?
                """,
            arguments: [Data(after?.bytes ?? []), min(max(limit, 1), 1000)]
        ).compactMap { EntryID(bytes: $0) }
    }

    func people(disabledBefore time: Milliseconds, limit: Int) throws -> [EntryID] {
        try Data.fetchAll(
            db,
            cached: """
                SELECT person FROM registration WHERE disabled_at <= ? AND NOT EXISTS (
                    SELECT 1 FROM intent WHERE state IN ('pending', 'unknown') AND intent.person = registration.person
                ) ORDER BY disabled_at LIMIT ?
                """,
            arguments: [time.count, max(limit, 1)]
        ).compactMap { EntryID(bytes: $0) }
    }

    /// Counters stay: they stand under keyed indexes, hold no value, and go with their window.
    func purge(_ person: EntryID) throws {
        let subject = secrets.index.subject(.person(person))
        for table in ["message", "challenge", "session"] {
            try db.execute(cached: "DELETE FROM \(table) WHERE subject = ?", arguments: [subject])
        }
        for table in ["write_watch", "intent", "method", "registration", "recent_policy"] {
            try db.execute(cached: "DELETE FROM \(table) WHERE person = ?", arguments: [Data(person.bytes)])
        }
        try noteErasure(of: person)
        try audit(AuditEvent(.registrationPurged, .done, by: .daemon, about: person))
    }
}
