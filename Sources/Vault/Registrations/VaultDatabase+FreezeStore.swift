package import Audit
package import Identity
package import SelfService

extension VaultDatabase: FreezeStore {
    package func frozenPeople(limit: Int) async throws -> [FrozenPerson] {
        try await decide { try $0.frozenPeople(limit: limit) }
    }

    package func freeze(_ person: EntryID, reason: String, by actor: AuditActor) async throws {
        try await decide { transaction in
            try transaction.endEverything(of: .person(person), exceptSession: nil)
            try transaction.freeze(person, by: actor, reason: reason)
        }
    }

    package func lift(_ person: EntryID, reason: String, by actor: AuditActor) async throws -> Bool {
        try await decide { try $0.lift(person, by: actor, reason: reason) }
    }
}
