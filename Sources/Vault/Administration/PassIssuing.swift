import Audit
import Foundation
import Identity
import SelfService

extension VaultTransaction {
    /// - Returns: false for somebody who is frozen: a pass would be a way around it.
    func issuePass(
        _ pass: AccessPassSecret,
        to person: EntryID,
        notice: Notice,
        details: [String: String],
        by actor: AuditActor
    ) throws -> Bool {
        guard try !isFrozen(person) else { return false }
        try ensureRegistration(of: person)
        try deletePasses(of: person)
        let method = RegisteredMethod(
            id: RandomBytes.identifier(),
            kind: .accessPass,
            value: "",
            label: "",
            state: .verified,
            isDefault: false,
            addedAt: now.date,
            verifiedAt: now.date,
            source: .administrator,
            secret: .pass(pass)
        )
        try insert(method, of: person)
        try tell(notice, person, evenIfIncomplete: true)
        try audit(event(.passIssued, method, of: person, by: actor, details))
        return true
    }

    func revokePass(of person: EntryID, _ details: [String: String], by actor: AuditActor) throws -> Bool {
        let passes = try deletePasses(of: person)
        for pass in passes { try audit(event(.passRevoked, pass, of: person, by: actor, details)) }
        return !passes.isEmpty
    }

    @discardableResult
    func deletePasses(of person: EntryID) throws -> [RegisteredMethod] {
        let passes = try methods(of: person).filter { $0.kind == .accessPass }
        for pass in passes { try delete(pass, of: person) }
        return passes
    }
}
