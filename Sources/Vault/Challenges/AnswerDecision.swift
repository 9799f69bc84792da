import Audit
import Foundation
import Identity
import SelfService

extension VaultTransaction {
    /// Counts first, then looks. All of it is one transaction: either the attempt is counted and answered, or
    /// nobody learns anything.
    func decide(_ answer: Answer, in sessionID: Int64) throws -> ChallengeAnswer {
        guard let stored = try challenge(answer.challengeID, in: sessionID) else { return .notFound }
        guard stored.challenge.exchange.isTyped, let session = try answerable(stored, answer.limits) else {
            return .closed
        }
        let counter = try wrongAnswers(to: stored.challenge, session.session, answer)
        if let counter, let wait = try wait(counter, .wrongAnswersPerMethod, answer.limits) {
            return .limited(retryAfter: wait)
        }
        guard try mayProve(stored.challenge.methodID, in: session.session) else { return .freshProofRequired }
        try countAttempt(stored.challenge.id)
        let attempt = try counter.map { try count($0) }
        let method = try method(of: stored.challenge, session.session)
        if stored.challenge.exchange == .storedSecret {
            return .toCompare(
                PendingComparison(attempt: attempt ?? 0, challenge: stored.challenge, secret: method?.secret)
            )
        }
        guard try isRight(answer.code, stored, method), let method else {
            return try fail(stored, session.session, answer)
        }
        if let attempt { try takeBack(attempt) }
        return .passed(try pass(stored.challenge, method.id, session, answer))
    }

    /// What came of a comparison outside. It may have been overtaken: the challenge must still be open.
    func conclude(
        _ pending: PendingComparison,
        _ outcome: ComparisonOutcome,
        _ answer: Answer,
        in sessionID: Int64
    ) throws -> ChallengeAnswer {
        guard let stored = try challenge(pending.challenge.id, in: sessionID) else { return .notFound }
        guard
            stored.challenge.state == .pending, let session = try livingSession(id: stored.sessionID),
            try !isFrozen(session.session.subject.id)
        else { return .closed }
        guard
            outcome != .wrong, let method = try method(of: stored.challenge, session.session),
            try spend(outcome, method, of: session.session.subject.id)
        else { return try fail(stored, session.session, answer, isCounted: true) }
        try takeBack(pending.attempt)
        return .passed(try pass(stored.challenge, method.id, session, answer))
    }

    /// The session in which a challenge can be answered now.
    func answerable(_ stored: StoredChallenge, _ limits: Limits) throws -> StoredSession? {
        let challenge = stored.challenge
        guard
            challenge.state == .pending, !limits.areSpent(stored.attempts),
            let session = try livingSession(id: stored.sessionID)
        else { return nil }
        let subject = session.session.subject
        let value = try methods(of: subject.id).first { $0.id == challenge.methodID }?.value
        let proof = ResetProgress.Proof(methodID: challenge.methodID, kind: challenge.kind, value: value ?? "")
        guard session.session.progress?.mayChallenge(proof) ?? true else { return nil }
        return try isFrozen(subject.id) ? nil : session
    }

    /// Compared for decoys as well: the work is the same, the result is not.
    private func isRight(_ code: String, _ stored: StoredChallenge, _ method: RegisteredMethod?) throws -> Bool {
        guard stored.challenge.exchange == .appCode else {
            return secrets.hash.isCode(code, challenge: stored.challenge.id, hashed: stored.code)
        }
        guard var method, case .authenticator(var secret) = method.secret else {
            var nobody = AuthenticatorSecret(seed: Data(count: TOTP.seedByteCount))
            _ = nobody.accept(code, at: now.date)
            return false
        }
        guard secret.accept(code, at: now.date) else { return false }
        method.secret = .authenticator(secret)
        // `pass` reads the person of the session again: what is written here stays.
        try update(method, of: try person(of: stored))
        return true
    }

    /// The person's method behind a challenge; nil for decoys, and when it is gone.
    func method(of challenge: Challenge, _ session: Session) throws -> RegisteredMethod? {
        let method = try methods(of: session.subject.id).first { $0.id == challenge.methodID }
        guard !session.subject.isDecoy, session.progress == nil || method?.state == .verified else { return nil }
        return method
    }

    private func person(of stored: StoredChallenge) throws -> EntryID {
        guard let session = try session(id: stored.sessionID)?.session else {
            throw VaultError.tampered("challenge.session", stored.challenge.id)
        }
        return session.subject.id
    }

    /// - Parameter isCounted: the attempt was counted in an earlier decision.
    func fail(
        _ stored: StoredChallenge,
        _ session: Session,
        _ answer: Answer,
        isCounted: Bool = false
    ) throws -> ChallengeAnswer {
        let attempts = stored.attempts + (isCounted ? 0 : 1)
        if answer.limits.areSpent(attempts) { try set(.failed, ofChallenge: stored.challenge.id) }
        try tryOutAnswers(attempts, answer.limits)
        var event = event(.challengeAnswered, .failed, stored.challenge, session, answer)
        event.details["attempt"] = "\(attempts)"
        try audit(event)
        return .wrong
    }

    func pass(
        _ challenge: Challenge,
        _ methodID: String,
        _ stored: StoredSession,
        _ answer: Answer
    ) throws -> Session {
        try set(.passed, ofChallenge: challenge.id)
        let person = stored.session.subject.id
        guard let method = try methods(of: person).first(where: { $0.id == methodID }) else {
            throw VaultError.tampered("challenge.method", challenge.id)
        }
        var proven = stored
        proven.session.freshUntil = (now + answer.terms.freshFor).date
        var action = AuditAction.challengeAnswered
        if method.state != .verified {
            if let notice = answer.terms.notice { try tell(notice, person) }
            try verify(method, of: person)
            action = .methodVerified
        }
        if var progress = stored.session.progress {
            progress.accept(ResetProgress.Proof(methodID: method.id, kind: method.kind, value: method.value))
            proven.session.kind = .reset(progress)
            action = .gatePassed
        }
        try save(proven)
        try noteProof(proven.session, from: answer.terms.network)
        try audit(event(action, .done, challenge, stored.session, answer))
        return proven.session
    }

    func event(
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
