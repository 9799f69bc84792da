import Foundation
import GRDB
import Identity
import SelfService

extension VaultTransaction {
    func registration(of person: EntryID) throws -> StoredRegistration {
        let row = try Row.fetchOne(
            db,
            cached: """
                SELECT completed_at, confirmed_at, frozen_at, confirmation_required_at FROM registration
                WHERE person = ?
                """,
            arguments: [Data(person.bytes)]
        )
        return StoredRegistration(
            person: person,
            methods: try methods(of: person),
            completedAt: (row?["completed_at"] as Int64?).map { Milliseconds(count: $0).date },
            confirmedAt: (row?["confirmed_at"] as Int64?).map { Milliseconds(count: $0).date },
            frozenAt: (row?["frozen_at"] as Int64?).map { Milliseconds(count: $0).date },
            recentPolicies: try recentPolicies(of: person),
            confirmationRequiredAt: (row?["confirmation_required_at"] as Int64?).map { Milliseconds(count: $0).date }
        )
    }

    func ensureRegistration(of person: EntryID) throws {
        try db.execute(
            cached: "INSERT OR IGNORE INTO registration (person) VALUES (?)",
            arguments: [Data(person.bytes)]
        )
    }

    /// - Returns: whether this was the first time.
    func complete(_ person: EntryID) throws -> Bool {
        try ensureRegistration(of: person)
        try db.execute(
            cached: "UPDATE registration SET completed_at = ? WHERE person = ? AND completed_at IS NULL",
            arguments: [now.count, Data(person.bytes)]
        )
        return db.changesCount > 0
    }

    func confirm(_ person: EntryID) throws {
        try ensureRegistration(of: person)
        try db.execute(
            cached: "UPDATE registration SET confirmed_at = ?, confirmation_required_at = NULL WHERE person = ?",
            arguments: [now.count, Data(person.bytes)]
        )
    }

    /// - Returns: whether there was one that was not disabled.
    func disable(_ person: EntryID) throws -> Bool {
        try db.execute(
            cached: "UPDATE registration SET disabled_at = ? WHERE person = ? AND disabled_at IS NULL",
            arguments: [now.count, Data(person.bytes)]
        )
        return db.changesCount > 0
    }
}
