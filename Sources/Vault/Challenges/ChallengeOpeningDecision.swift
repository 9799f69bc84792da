import Audit
import Foundation
import SelfService

extension VaultTransaction {
    /// May a challenge be opened, and if so: the older one dies, the new one and its message are stored.
    func open(_ draft: ChallengeDraft, limits: Limits, by actor: AuditActor) throws -> ChallengeOpening {
        guard
            let session = try livingSession(id: draft.session.id)?.session, session.subject == draft.session.subject,
            try allows(draft, in: session)
        else { return .wrongState }
        guard try mayProve(draft.methodID, in: session) else { return .freshProofRequired }
        let wrong = wrongAnswers(draft.methodID, of: session.subject, limits)
        if let wait = try wait(wrong, limit: limits.wrongAnswersPerMethod) { return .limited(retryAfter: wait) }
        let messages = messages(to: draft, of: session.subject, limits)
        let all = Counter(sort: .messages, key: secrets.index.subject(session.subject), window: limits.window)
        if let wait = try budgetWait(messages, limits) { return .limited(retryAfter: wait) }
        if let wait = try wait(all, limit: limits.messagesPerPerson) { return .limited(retryAfter: wait) }
        try count(messages)
        try count(all)
        try expireChallenges(ofMethod: draft.methodID, of: session.subject)
        let challenge = try insertChallenge(draft, in: session)
        try queue(draft.message, for: session.subject, challenge: challenge)
        try audit(
            AuditEvent(
                .challengeOpened,
                .done,
                by: actor,
                about: session.subject.id,
                details: ["method": draft.methodID, "kind": draft.kind.rawValue, "challenge": challenge.id]
            )
        )
        return .opened(challenge)
    }

    /// A message goes to the stored value of the person's own method, whatever the draft says; in a reset only to
    /// a verified one whose proof would count. A decoy's methods exist nowhere: any id may be theirs.
    private func allows(_ draft: ChallengeDraft, in session: Session) throws -> Bool {
        let method = try methods(of: session.subject.id).first { $0.id == draft.methodID }
        if !session.subject.isDecoy {
            guard let method, method.kind == draft.kind, method.value == draft.message.to else { return false }
            guard session.progress == nil || method.state == .verified else { return false }
        }
        return session.progress?.mayChallenge(methodID: draft.methodID, kind: draft.kind) ?? true
    }

    /// Once something is verified, an unverified method is verified only by somebody who has just proven that it
    /// is them.
    func mayProve(_ methodID: String, in session: Session) throws -> Bool {
        guard session.progress == nil, !session.subject.isDecoy else { return true }
        let methods = try methods(of: session.subject.id)
        let isUnverified = methods.contains { $0.id == methodID && $0.state == .unverified }
        guard isUnverified, methods.contains(where: { $0.state == .verified }) else { return true }
        return session.freshUntil.map { $0 > now.date } ?? false
    }

    func wrongAnswers(_ methodID: String, of subject: Subject, _ limits: Limits) -> Counter {
        Counter(sort: .wrongAnswers, key: secrets.index.method(methodID, of: subject), window: limits.window)
    }

    private func messages(to draft: ChallengeDraft, of subject: Subject, _ limits: Limits) -> Counter {
        let key =
            subject.isDecoy
            ? secrets.index.decoyDestination(draft.methodID, of: subject)
            : secrets.index.destination(draft.message.to, kind: draft.kind)
        return Counter(sort: .messages, key: key, window: limits.window)
    }

    private func budgetWait(_ messages: Counter, _ limits: Limits) throws -> Int? {
        if let wait = try wait(messages, limit: limits.messagesPerDestination) { return wait }
        guard
            try wait(messages, limit: limits.messagesWithoutPause) != nil,
            let newest = try time(messages, back: 0)
        else { return nil }
        let rest = limits.pauseBetweenMessages - now.since(newest)
        return rest > 0 ? seconds(rest, atMost: limits.pauseBetweenMessages) : nil
    }
}
