package import Audit
import Foundation
package import Identity
package import SelfService

extension VaultDatabase: AdministrationStore {
    package func registrations(of people: [EntryID]) async throws -> [StoredRegistration] {
        try await decide { transaction in try people.map(transaction.registration) }
    }

    package func enterMethods(
        _ entries: [MethodEntry],
        limit: Int,
        isPartial: Bool,
        by actor: AuditActor
    ) async throws -> [MethodEntryResult] {
        try await decide { try $0.enter(entries, limit: limit, isPartial: isPartial, by: actor) }
    }

    package func removeMethods(
        _ ids: Set<String>?,
        of person: EntryID,
        notice: Notice,
        details: [String: String],
        by actor: AuditActor
    ) async throws -> Int {
        try await decide { try $0.remove(ids, of: person, notice: notice, details: details, by: actor) }
    }

    package func issuePass(
        _ pass: AccessPassSecret,
        to person: EntryID,
        notice: Notice,
        details: [String: String],
        by actor: AuditActor
    ) async throws -> Bool {
        try await decide { try $0.issuePass(pass, to: person, notice: notice, details: details, by: actor) }
    }

    package func revokePass(
        of person: EntryID,
        details: [String: String],
        by actor: AuditActor
    ) async throws -> Bool {
        try await decide { try $0.revokePass(of: person, details, by: actor) }
    }

    package func requireConfirmation(
        of people: [EntryID],
        details: [String: String],
        by actor: AuditActor
    ) async throws -> Int {
        try await decide { try $0.requireConfirmation(of: people, details, by: actor) }
    }
}

extension VaultDatabase: ApprovalStore {
    package func requestApproval(_ request: ApprovalRequest) async throws -> Approval? {
        try await decide { try $0.requestApproval(request) }
    }

    package func approvals() async throws -> [Approval] { try await decide { try $0.approvals() } }

    package func approve(_ id: String, by uid: UInt32) async throws -> SecondOpinion {
        try await decide { try $0.approve(id, by: uid) }
    }

    package func refuseApproval(_ id: String, by uid: UInt32) async throws -> Approval? {
        try await decide { try $0.refuseApproval(id, by: uid) }
    }

    package func useApproval(of request: ApprovalRequest) async throws -> Approval? {
        try await decide { try $0.useApproval(of: request) }
    }
}
