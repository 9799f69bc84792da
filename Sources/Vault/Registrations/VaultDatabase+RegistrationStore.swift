package import Audit
import Foundation
package import Identity
package import SelfService

extension VaultDatabase: RegistrationStore {
    /// People whom one transaction disables.
    static let disableBatch = 200

    package func registration(of person: EntryID) async throws -> StoredRegistration {
        try await decide { try $0.registration(of: person) }
    }

    package func addMethod(
        _ draft: MethodDraft,
        for person: EntryID,
        limit: Int,
        in session: Session?,
        terms: AnswerTerms,
        by actor: AuditActor
    ) async throws -> RegisteredMethod? {
        try await decide { transaction in
            let added = try transaction.add(draft, for: person, limit: limit, notice: terms.notice, by: actor)
            if let added, added.state == .verified, let session {
                try transaction.makeFresh(session, for: terms.freshFor)
                if try transaction.methods(of: person).allSatisfy({ !$0.isDefault }) {
                    try transaction.setDefault(added.id, of: person)
                }
            }
            return added
        }
    }

    package func changeMethod(
        _ id: String,
        of person: EntryID,
        label: String?,
        isDefault: Bool?,
        by actor: AuditActor
    ) async throws -> RegisteredMethod? {
        try await decide { try $0.change(id, of: person, label: label, isDefault: isDefault, by: actor) }
    }

    package func removeMethod(
        _ id: String,
        of person: EntryID,
        notice: Notice?,
        by actor: AuditActor
    ) async throws -> Bool {
        try await decide { try $0.remove(id, of: person, notice: notice, by: actor) }
    }

    package func adopt(_ values: [DirectoryValue], for person: EntryID) async throws {
        try await decide { try $0.adopt(values, for: person) }
    }

    package func markComplete(_ person: EntryID, policy: String, by actor: AuditActor) async throws {
        try await decide { transaction in
            guard try transaction.complete(person) else { return }
            try transaction.audit(
                AuditEvent(.registrationCompleted, .done, by: actor, about: person, details: ["policy": policy])
            )
        }
    }

    package func markConfirmed(_ person: EntryID, by actor: AuditActor) async throws {
        try await decide { transaction in
            try transaction.confirm(person)
            try transaction.audit(AuditEvent(.registrationConfirmed, .done, by: actor, about: person))
        }
    }

    package func disable(_ people: [EntryID]) async throws {
        for start in stride(from: 0, to: people.count, by: Self.disableBatch) {
            let batch = people[start..<min(start + Self.disableBatch, people.count)]
            try await decide { transaction in
                for person in batch { try transaction.disableAndEnd(person) }
            }
        }
    }
}
