import Audit
import Foundation
import GRDB
import Identity
import SelfService

extension VaultTransaction {
    /// What was begun with these methods ends with them. Notices leave after that, and go to what was proven before.
    func remove(
        _ ids: Set<String>?,
        of person: EntryID,
        notice: Notice,
        details: [String: String],
        by actor: AuditActor
    ) throws -> Int {
        let gone = try methods(of: person).filter { ids?.contains($0.id) ?? true }
        guard !gone.isEmpty else { return 0 }
        try endEverything(of: .person(person), exceptSession: nil)
        if gone.contains(where: { $0.state == .verified }) { try tell(notice, person, evenIfIncomplete: true) }
        for method in gone {
            try delete(method, of: person)
            try audit(event(.methodRemoved, method, of: person, by: actor, details))
        }
        try passOnDefault(of: person)
        try reopenIfNothingIsProven(person, details, actor)
        return gone.count
    }

    /// What the directory vouches for does not make a registration of the person's own.
    private func reopenIfNothingIsProven(
        _ person: EntryID,
        _ details: [String: String],
        _ actor: AuditActor
    ) throws {
        guard try methods(of: person).allSatisfy({ $0.state != .verified || $0.source == .directory }) else { return }
        try db.execute(
            sql: """
                UPDATE registration SET completed_at = NULL, confirmed_at = NULL, confirmation_required_at = NULL
                WHERE person = ?
                """,
            arguments: [Data(person.bytes)]
        )
        try audit(AuditEvent(.registrationReopened, .done, by: actor, about: person, details: details))
    }

    /// - Returns: how many of them had a registration to be confirmed.
    func requireConfirmation(of people: [EntryID], _ details: [String: String], by actor: AuditActor) throws -> Int {
        var count = 0
        for person in people {
            try db.execute(
                sql: """
                    UPDATE registration SET confirmation_required_at = ?
                    WHERE person = ? AND completed_at IS NOT NULL
                    """,
                arguments: [now.count, Data(person.bytes)]
            )
            guard db.changesCount > 0 else { continue }
            count += 1
            try audit(AuditEvent(.confirmationRequired, .done, by: actor, about: person, details: details))
        }
        return count
    }
}
