import Audit
import Foundation
import Identity
import SelfService

/// A vault that notes each question before it is asked.
struct RecordedVault: VaultPorts {
    let vault: any VaultPorts
    let journal: CallJournal
}

// MARK: SessionStore

extension RecordedVault {
    func openSession(_ draft: SessionDraft, audit event: AuditEvent, limits: Limits) async throws -> SessionOpening {
        journal.note("vault.openSession")
        return try await vault.openSession(draft, audit: event, limits: limits)
    }

    func session(token: String, frontend: String) async throws -> Session? {
        journal.note("vault.session")
        return try await vault.session(token: token, frontend: frontend)
    }

    func visit(token: String, frontend: String) async throws -> Visit? {
        journal.note("vault.visit")
        return try await vault.visit(token: token, frontend: frontend)
    }

    func openChallenge(
        _ draft: ChallengeDraft,
        limits: Limits,
        by actor: AuditActor
    ) async throws -> ChallengeOpening {
        journal.note("vault.openChallenge")
        return try await vault.openChallenge(draft, limits: limits, by: actor)
    }

    func answer(
        _ code: String,
        to challengeID: String,
        in session: Session,
        terms: AnswerTerms,
        by actor: AuditActor
    ) async throws -> ChallengeAnswer {
        journal.note("vault.answer")
        return try await vault.answer(code, to: challengeID, in: session, terms: terms, by: actor)
    }

    func conclude(
        _ pending: PendingComparison,
        _ outcome: ComparisonOutcome,
        in session: Session,
        terms: AnswerTerms,
        by actor: AuditActor
    ) async throws -> ChallengeAnswer {
        journal.note("vault.conclude")
        return try await vault.conclude(pending, outcome, in: session, terms: terms, by: actor)
    }

    func answerCall(
        _ challengeID: String,
        digits: String,
        terms: AnswerTerms,
        by actor: AuditActor
    ) async throws -> RemoteAnswer {
        journal.note("vault.answerCall")
        return try await vault.answerCall(challengeID, digits: digits, terms: terms, by: actor)
    }

    func decideApproval(
        _ decision: AppDecision,
        terms: AnswerTerms,
        by actor: AuditActor
    ) async throws -> RemoteAnswer {
        journal.note("vault.decideApproval")
        return try await vault.decideApproval(decision, terms: terms, by: actor)
    }

    func countPass(_ subject: Subject, limits: Limits, by actor: AuditActor) async throws -> PassAttempt {
        journal.note("vault.countPass")
        return try await vault.countPass(subject, limits: limits, by: actor)
    }

    func spendPass(_ methodID: String, of person: EntryID, by actor: AuditActor) async throws -> Bool {
        journal.note("vault.spendPass")
        return try await vault.spendPass(methodID, of: person, by: actor)
    }

    func challenge(_ id: String, in session: Session) async throws -> Challenge? {
        journal.note("vault.challenge")
        return try await vault.challenge(id, in: session)
    }

    func countAttempt(_ attempt: Attempt, limits: Limits, by actor: AuditActor) async throws -> Int? {
        journal.note("vault.countAttempt")
        return try await vault.countAttempt(attempt, limits: limits, by: actor)
    }

    func takeBackSignIn(_ subject: Subject) async throws {
        journal.note("vault.takeBackSignIn")
        try await vault.takeBackSignIn(subject)
    }

    func countSignIn(_ subject: Subject, limits: Limits) async throws -> Int? {
        journal.note("vault.countSignIn")
        return try await vault.countSignIn(subject, limits: limits)
    }

    func clearSignIns(_ subject: Subject) async throws {
        journal.note("vault.clearSignIns")
        return try await vault.clearSignIns(subject)
    }
}

// MARK: RegistrationStore

extension RecordedVault {
    func registration(of person: EntryID) async throws -> StoredRegistration {
        journal.note("vault.registration")
        return try await vault.registration(of: person)
    }

    func addMethod(
        _ draft: MethodDraft,
        for person: EntryID,
        limit: Int,
        in session: Session?,
        terms: AnswerTerms,
        by actor: AuditActor
    ) async throws -> RegisteredMethod? {
        journal.note("vault.addMethod")
        return try await vault.addMethod(draft, for: person, limit: limit, in: session, terms: terms, by: actor)
    }

    func changeMethod(
        _ id: String,
        of person: EntryID,
        label: String?,
        isDefault: Bool?,
        by actor: AuditActor
    ) async throws -> RegisteredMethod? {
        journal.note("vault.changeMethod")
        return try await vault.changeMethod(id, of: person, label: label, isDefault: isDefault, by: actor)
    }

    func removeMethod(_ id: String, of person: EntryID, notice: Notice?, by actor: AuditActor) async throws -> Bool {
        journal.note("vault.removeMethod")
        return try await vault.removeMethod(id, of: person, notice: notice, by: actor)
    }

    func adopt(_ values: [DirectoryValue], for person: EntryID) async throws {
        journal.note("vault.adopt")
        return try await vault.adopt(values, for: person)
    }

    func markComplete(_ person: EntryID, policy: String, by actor: AuditActor) async throws {
        journal.note("vault.markComplete")
        return try await vault.markComplete(person, policy: policy, by: actor)
    }

    func markConfirmed(_ person: EntryID, by actor: AuditActor) async throws {
        journal.note("vault.markConfirmed")
        return try await vault.markConfirmed(person, by: actor)
    }

    func disable(_ people: [EntryID]) async throws {
        journal.note("vault.disable")
        return try await vault.disable(people)
    }
}

// MARK: LinkStore

extension RecordedVault {
    func makeLink(_ draft: LinkDraft, rules: LinkRules, limits: Limits, by actor: AuditActor) async throws -> Int? {
        journal.note("vault.makeLink")
        return try await vault.makeLink(draft, rules: rules, limits: limits, by: actor)
    }

    func link(token: String) async throws -> IssuedLink? {
        journal.note("vault.link")
        return try await vault.link(token: token)
    }

    func redeem(token: String, _ draft: SessionDraft, audit event: AuditEvent) async throws -> IssuedSession? {
        journal.note("vault.redeem")
        return try await vault.redeem(token: token, draft, audit: event)
    }

    func tell(
        _ message: OutgoingMessage,
        to subject: Subject,
        limits: Limits,
        by actor: AuditActor
    ) async throws -> Int? {
        journal.note("vault.tell")
        return try await vault.tell(message, to: subject, limits: limits, by: actor)
    }

    func repudiate(token: String, by actor: AuditActor) async throws -> EntryID? {
        journal.note("vault.repudiate")
        return try await vault.repudiate(token: token, by: actor)
    }
}
