package import Audit
import Foundation
package import Identity
package import SelfService

extension VaultDatabase: SessionStore {
    package func openSession(
        _ draft: SessionDraft,
        audit event: AuditEvent,
        limits: Limits
    ) async throws -> SessionOpening {
        try await decide { transaction in
            if let wait = try transaction.countStart(draft, limits) { return .limited(retryAfter: wait) }
            return .opened(try transaction.begin(draft, event))
        }
    }

    package func session(token: String, frontend: String) async throws -> Session? {
        try await decide { try $0.use(token, frontend) }
    }

    package func visit(token: String, frontend: String) async throws -> Visit? {
        try await decide { transaction in
            guard let session = try transaction.use(token, frontend) else { return nil }
            return Visit(session: session, registration: try transaction.registration(of: session.subject.id))
        }
    }

    package func openChallenge(
        _ draft: ChallengeDraft,
        limits: Limits,
        by actor: AuditActor
    ) async throws -> ChallengeOpening {
        try await decide { try $0.open(draft, limits: limits, by: actor) }
    }

    package func answer(
        _ code: String,
        to challengeID: String,
        in session: Session,
        terms: AnswerTerms,
        by actor: AuditActor
    ) async throws -> ChallengeAnswer {
        let answer = Answer(code: code, challengeID: challengeID, terms: terms, actor: actor)
        return try await decide { try $0.decide(answer, in: session.id) }
    }

    package func conclude(
        _ pending: PendingComparison,
        _ outcome: ComparisonOutcome,
        in session: Session,
        terms: AnswerTerms,
        by actor: AuditActor
    ) async throws -> ChallengeAnswer {
        let answer = Answer(code: "", challengeID: pending.challenge.id, terms: terms, actor: actor)
        return try await decide { try $0.conclude(pending, outcome, answer, in: session.id) }
    }

    package func answerCall(
        _ challengeID: String,
        digits: String,
        terms: AnswerTerms,
        by actor: AuditActor
    ) async throws -> RemoteAnswer {
        let answer = Answer(code: digits, challengeID: challengeID, terms: terms, actor: actor)
        return try await decide { try $0.decideCall(answer) }
    }

    package func decideApproval(
        _ decision: AppDecision,
        terms: AnswerTerms,
        by actor: AuditActor
    ) async throws -> RemoteAnswer {
        let answer = Answer(code: decision.number, challengeID: decision.challengeID, terms: terms, actor: actor)
        return try await decide { try $0.decideApproval(decision, answer) }
    }

    package func countPass(_ subject: Subject, limits: Limits, by actor: AuditActor) async throws -> PassAttempt {
        try await decide { try $0.countPass(subject, limits) }
    }

    package func spendPass(_ methodID: String, of person: EntryID, by actor: AuditActor) async throws -> Bool {
        try await decide { try $0.spendPass(methodID, of: person, by: actor) }
    }

    package func challenge(_ id: String, in session: Session) async throws -> Challenge? {
        try await decide { try $0.challenge(id, in: session.id)?.challenge }
    }

    package func countAttempt(_ attempt: Attempt, limits: Limits, by actor: AuditActor) async throws -> Int? {
        try await decide { try $0.countAttempt(attempt, limits, by: actor) }
    }

    package func countSignIn(_ subject: Subject, limits: Limits) async throws -> Int? {
        try await decide { transaction in
            let counter = transaction.signIns(of: subject, window: limits.signInWindow)
            if let wait = try transaction.wait(counter, .signInFailures, limits) { return wait }
            try transaction.count(counter)
            return nil
        }
    }

    package func takeBackSignIn(_ subject: Subject) async throws {
        try await decide { try $0.takeBackNewest($0.signIns(of: subject, window: 0)) }
    }

    package func clearSignIns(_ subject: Subject) async throws {
        try await decide { try $0.forget($0.signIns(of: subject, window: 0)) }
    }
}

extension VaultTransaction {
    fileprivate func use(_ token: String, _ frontend: String) throws -> Session? {
        guard
            let stored = try session(token: token), stored.session.frontend == frontend, stored.isAlive(at: now)
        else { return nil }
        try touch(stored)
        return stored.session
    }

    fileprivate func signIns(of subject: Subject, window: TimeInterval) -> Counter {
        Counter(sort: .signIns, key: secrets.index.subject(subject), window: window)
    }
}
