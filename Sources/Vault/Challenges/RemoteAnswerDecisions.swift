import Audit
import Foundation
import Identity
import SelfService

/// Answers that come from elsewhere than the page of the session.
extension VaultTransaction {
    /// Keys pressed in a call. The gateway is trusted to say which call it was; the number is on the page only.
    func decideCall(_ answer: Answer) throws -> RemoteAnswer {
        guard let stored = try challenge(answer.challengeID), stored.challenge.exchange == .call else {
            return .notFound
        }
        guard let session = try answerable(stored, answer.limits) else { return .closed }
        let challenge = stored.challenge
        let counter = try wrongAnswers(to: challenge, session.session, answer)
        if let counter, let wait = try wait(counter, .wrongAnswersPerMethod, answer.limits) {
            return .limited(retryAfter: wait)
        }
        guard try mayProve(challenge.methodID, in: session.session) else { return .closed }
        try countAttempt(challenge.id)
        let attempt = try counter.map { try count($0) }
        let isRight = secrets.hash.isCode(keys(answer.code), challenge: challenge.id, hashed: stored.code)
        guard isRight, let method = try method(of: challenge, session.session) else {
            _ = try fail(stored, session.session, answer)
            return .wrong
        }
        if let attempt { try takeBack(attempt) }
        return .passed(try pass(challenge, method.id, session, answer))
    }

    /// A number is often ended with the hash key.
    private func keys(_ digits: String) -> String {
        digits.count > 1 && digits.hasSuffix(CallAnswer.key) ? String(digits.dropLast()) : digits
    }

    /// A device's decision. A signature that is not the device's changes and blocks nothing; a signed approval with
    /// a wrong number is a guess and is counted as one before it is compared.
    func decideApproval(_ decision: AppDecision, _ answer: Answer) throws -> RemoteAnswer {
        guard let stored = try challenge(answer.challengeID), stored.challenge.exchange == .decision else {
            return .notFound
        }
        guard let session = try answerable(stored, answer.limits) else { return .closed }
        guard
            let method = try method(of: stored.challenge, session.session),
            case .device(let device) = method.secret,
            device.hasSigned(text(of: decision, stored.challenge, session.session), decision.signature)
        else {
            try audit(event(.approvalRejected, .refused, stored.challenge, session.session, answer))
            return .wrong
        }
        switch decision.decision {
        case .deny: return try deny(stored.challenge, session.session, answer)
        case .approve: return try approve(stored, method, session, answer)
        }
    }

    private func approve(
        _ stored: StoredChallenge,
        _ method: RegisteredMethod,
        _ session: StoredSession,
        _ answer: Answer
    ) throws -> RemoteAnswer {
        let counter = try wrongAnswers(to: stored.challenge, session.session, answer)
        if let counter, let wait = try wait(counter, .wrongAnswersPerMethod, answer.limits) {
            return .limited(retryAfter: wait)
        }
        guard try mayProve(method.id, in: session.session) else { return .closed }
        try countAttempt(stored.challenge.id)
        let attempt = try counter.map { try count($0) }
        guard secrets.hash.isCode(answer.code, challenge: stored.challenge.id, hashed: stored.code) else {
            _ = try fail(stored, session.session, answer)
            return .wrong
        }
        if let attempt { try takeBack(attempt) }
        return .passed(try pass(stored.challenge, method.id, session, answer))
    }

    /// Somebody asks for this person's account, and the person says so: all prompts end and nothing is reset or
    /// changed until an administrator lifts it.
    private func deny(_ challenge: Challenge, _ session: Session, _ answer: Answer) throws -> RemoteAnswer {
        let person = session.subject.id
        try set(.denied, ofChallenge: challenge.id)
        try endEverything(of: session.subject, exceptSession: session.id)
        try audit(event(.challengeAnswered, .refused, challenge, session, answer))
        try freeze(person, by: answer.actor, reason: "denied on a device")
        return .denied(person)
    }

    private func text(of decision: AppDecision, _ challenge: Challenge, _ session: Session) -> String {
        SignedText.approval(
            challenge: challenge.id,
            person: session.subject.id,
            purpose: session.purpose,
            decision: decision.decision,
            number: decision.number,
            expiresAt: challenge.expiresAt
        )
    }
}
