import Audit
import Foundation
import Identity
import SelfService

// MARK: OutboxStore

extension RecordedVault {
    func look(limit: Int, besides held: Set<Int64>) async throws -> OutboxLook {
        journal.note("vault.look")
        return try await vault.look(limit: limit, besides: held)
    }

    func finish(_ id: Int64, delivered: Bool, reason: String?) async throws {
        journal.note("vault.finish")
        return try await vault.finish(id, delivered: delivered, reason: reason)
    }

    func postpone(_ id: Int64, until time: Date) async throws {
        journal.note("vault.postpone")
        return try await vault.postpone(id, until: time)
    }

    func admit(_ id: Int64, within budgets: DeliveryBudgets) async throws -> BudgetVerdict {
        journal.note("vault.admit")
        return try await vault.admit(id, within: budgets)
    }
}

// MARK: WriteBackStore

extension RecordedVault {
    func beginWrite(
        _ kind: WriteIntent.Kind,
        of person: EntryID,
        in session: Session?,
        before: AccountMarker,
        followers: [LinkedWrite],
        by actor: AuditActor
    ) async throws -> WriteIntent? {
        journal.note("vault.beginWrite")
        return try await vault.beginWrite(
            kind,
            of: person,
            in: session,
            before: before,
            followers: followers,
            by: actor
        )
    }

    func finishWrite(_ intent: WriteIntent, outcome: WriteOutcome, by actor: AuditActor) async throws {
        journal.note("vault.finishWrite")
        return try await vault.finishWrite(intent, outcome: outcome, by: actor)
    }

    func unresolvedWrites() async throws -> [WriteIntent] {
        journal.note("vault.unresolvedWrites")
        return try await vault.unresolvedWrites()
    }

    func dueWatches(limit: Int) async throws -> [WriteWatch] {
        journal.note("vault.dueWatches")
        return try await vault.dueWatches(limit: limit)
    }

    func settle(_ watch: WriteWatch, _ finding: WriteWatch.Finding) async throws {
        journal.note("vault.settle")
        return try await vault.settle(watch, finding)
    }
}

// MARK: AuditLog

extension RecordedVault {
    func append(_ event: AuditEvent) async throws {
        journal.note("vault.append")
        return try await vault.append(event)
    }

    func auditRecords(after sequence: Int64, limit: Int) async throws -> [AuditRecord] {
        journal.note("vault.auditRecords")
        return try await vault.auditRecords(after: sequence, limit: limit)
    }

    func verifyAudit(against anchor: AuditAnchor?) async throws -> AuditVerification {
        journal.note("vault.verifyAudit")
        return try await vault.verifyAudit(against: anchor)
    }

    func auditAnchor() async throws -> AuditAnchor? {
        journal.note("vault.auditAnchor")
        return try await vault.auditAnchor()
    }

    func pruneAudit(before time: Date, limit: Int) async throws -> Int {
        journal.note("vault.pruneAudit")
        return try await vault.pruneAudit(before: time, limit: limit)
    }
}

// MARK: AdministrationStore

extension RecordedVault {
    func registrations(of people: [EntryID]) async throws -> [StoredRegistration] {
        journal.note("vault.registrations")
        return try await vault.registrations(of: people)
    }

    func enterMethods(
        _ entries: [MethodEntry],
        limit: Int,
        isPartial: Bool,
        by actor: AuditActor
    ) async throws -> [MethodEntryResult] {
        journal.note("vault.enterMethods")
        return try await vault.enterMethods(entries, limit: limit, isPartial: isPartial, by: actor)
    }

    func removeMethods(
        _ ids: Set<String>?,
        of person: EntryID,
        notice: Notice,
        details: [String: String],
        by actor: AuditActor
    ) async throws -> Int {
        journal.note("vault.removeMethods")
        return try await vault.removeMethods(ids, of: person, notice: notice, details: details, by: actor)
    }

    func issuePass(
        _ pass: AccessPassSecret,
        to person: EntryID,
        notice: Notice,
        details: [String: String],
        by actor: AuditActor
    ) async throws -> Bool {
        journal.note("vault.issuePass")
        return try await vault.issuePass(pass, to: person, notice: notice, details: details, by: actor)
    }

    func revokePass(of person: EntryID, details: [String: String], by actor: AuditActor) async throws -> Bool {
        journal.note("vault.revokePass")
        return try await vault.revokePass(of: person, details: details, by: actor)
    }

    func requireConfirmation(
        of people: [EntryID],
        details: [String: String],
        by actor: AuditActor
    ) async throws -> Int {
        journal.note("vault.requireConfirmation")
        return try await vault.requireConfirmation(of: people, details: details, by: actor)
    }
}

// MARK: ApprovalStore

extension RecordedVault {
    func requestApproval(_ request: ApprovalRequest) async throws -> Approval? {
        journal.note("vault.requestApproval")
        return try await vault.requestApproval(request)
    }

    func approvals() async throws -> [Approval] {
        journal.note("vault.approvals")
        return try await vault.approvals()
    }

    func approve(_ id: String, by uid: UInt32) async throws -> SecondOpinion {
        journal.note("vault.approve")
        return try await vault.approve(id, by: uid)
    }

    func refuseApproval(_ id: String, by uid: UInt32) async throws -> Approval? {
        journal.note("vault.refuseApproval")
        return try await vault.refuseApproval(id, by: uid)
    }

    func useApproval(of request: ApprovalRequest) async throws -> Approval? {
        journal.note("vault.useApproval")
        return try await vault.useApproval(of: request)
    }
}

// MARK: FreezeStore

extension RecordedVault {
    func frozenPeople(limit: Int) async throws -> [FrozenPerson] {
        journal.note("vault.frozenPeople")
        return try await vault.frozenPeople(limit: limit)
    }

    func freeze(_ person: EntryID, reason: String, by actor: AuditActor) async throws {
        journal.note("vault.freeze")
        return try await vault.freeze(person, reason: reason, by: actor)
    }

    func lift(_ person: EntryID, reason: String, by actor: AuditActor) async throws -> Bool {
        journal.note("vault.lift")
        return try await vault.lift(person, reason: reason, by: actor)
    }
}

// MARK: LimitStore

extension RecordedVault {
    func countedLimits(of person: EntryID, limits: Limits) async throws -> [CountedLimit] {
        journal.note("vault.countedLimits")
        return try await vault.countedLimits(of: person, limits: limits)
    }

    func clearFailures(of person: EntryID, details: [String: String], by actor: AuditActor) async throws -> Bool {
        journal.note("vault.clearFailures")
        return try await vault.clearFailures(of: person, details: details, by: actor)
    }
}
