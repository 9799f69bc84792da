import Audit
import Foundation
import Identity
import SelfService

extension VaultTransaction {
    /// Counts first, then looks. All of it is one transaction: either the attempt is counted and answered, or
    /// nobody learns anything.
    func decide(_ answer: Answer) throws -> ChallengeAnswer {
        guard let stored = try challenge(answer.challengeID, in: answer.session.id) else { return .notFound }
        let challenge = stored.challenge
        guard
            challenge.state == .pending, let session = try livingSession(id: answer.session.id),
            session.session.progress?.mayChallenge(methodID: challenge.methodID, kind: challenge.kind) ?? true
        else { return .closed }
        let counter = wrongAnswers(challenge.methodID, of: session.session.subject, answer.limits)
        if let wait = try wait(counter, limit: answer.limits.wrongAnswersPerMethod) {
            return .limited(retryAfter: wait)
        }
        guard try mayProve(challenge.methodID, in: session.session) else { return .freshProofRequired }
        try countAttempt(challenge.id)
        let counted = try count(counter)
        // Compared for decoys as well: the work is the same, the result is not.
        let isRight = secrets.hash.isCode(answer.code, challenge: challenge.id, hashed: stored.code)
        guard isRight, let method = try method(of: challenge, session.session) else {
            return try fail(stored, session.session, answer)
        }
        try takeBack(counted)
        return .passed(try pass(challenge, method, session, answer))
    }

    /// The person's method behind a challenge; nil for decoys, and when it is gone.
    private func method(of challenge: Challenge, _ session: Session) throws -> RegisteredMethod? {
        let method = try methods(of: session.subject.id).first { $0.id == challenge.methodID }
        guard !session.subject.isDecoy, session.progress == nil || method?.state == .verified else { return nil }
        return method
    }

    private func fail(_ stored: StoredChallenge, _ session: Session, _ answer: Answer) throws -> ChallengeAnswer {
        let attempts = stored.attempts + 1
        if attempts >= answer.limits.answersPerChallenge { try set(.failed, ofChallenge: stored.challenge.id) }
        var event = event(.challengeAnswered, .failed, stored.challenge, session, answer)
        event.details["attempt"] = "\(attempts)"
        try audit(event)
        return .wrong
    }

    private func pass(
        _ challenge: Challenge,
        _ method: RegisteredMethod,
        _ stored: StoredSession,
        _ answer: Answer
    ) throws -> Session {
        try set(.passed, ofChallenge: challenge.id)
        var proven = stored
        proven.session.freshUntil = (now + answer.freshFor).date
        var action = AuditAction.challengeAnswered
        if method.state == .unverified {
            try verify(method, of: stored.session.subject.id)
            action = .methodVerified
        }
        if var progress = stored.session.progress {
            progress.accept(ResetProgress.Proof(methodID: method.id, kind: method.kind))
            proven.session.kind = .reset(progress)
            action = .gatePassed
        }
        try save(proven)
        try audit(event(action, .done, challenge, stored.session, answer))
        return proven.session
    }

    private func event(
        _ action: AuditAction,
        _ result: AuditResult,
        _ challenge: Challenge,
        _ session: Session,
        _ answer: Answer
    ) -> AuditEvent {
        AuditEvent(
            action,
            result,
            by: answer.actor,
            about: session.subject.id,
            details: ["method": challenge.methodID, "kind": challenge.kind.rawValue, "challenge": challenge.id]
        )
    }
}
