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
        if let wait = try openingWait(draft, session, limits) { return .limited(retryAfter: wait) }
        // In this session only: a stranger who asks for one after the other must not end the owner's.
        try expireChallenges(ofMethod: draft.methodID, of: session.subject, inSession: session.id)
        let challenge = try insertChallenge(draft, asking: try questions(draft, of: session.subject), in: session)
        if let message = draft.message {
            try queue(message.naming(challenge, of: session), for: session.subject, challenge: challenge)
        }
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

    /// Seconds until it may be opened, or nil: then its message is counted.
    private func openingWait(_ draft: ChallengeDraft, _ session: Session, _ limits: Limits) throws -> Int? {
        if try challengeCount(ofSession: session.id) >= limits.challengesPerSession {
            return seconds(session.expiresAt.timeIntervalSince(now.date), atMost: limits.window)
        }
        let wrong = try wrongAnswers(draft.methodID, draft.kind, of: session.subject, limits, from: draft.network)
        if let wrong, let wait = try wait(wrong, .wrongAnswersPerMethod, limits) { return wait }
        guard draft.message != nil else { return nil }
        if draft.exchange == .decision {
            let prompts = try prompts(of: session.subject, limits, from: draft.network)
            if let wait = try wait(prompts, limit: limits.promptsPerPerson) { return wait }
            try count(prompts)
        }
        return try messageWait(draft, session.subject, limits)
    }

    private func messageWait(_ draft: ChallengeDraft, _ subject: Subject, _ limits: Limits) throws -> Int? {
        try messageWait(destination(of: draft, subject), subject, limits, from: draft.network)
    }

    /// Seconds until a message may go to a destination, or nil: then it is counted. The first of a day that somebody
    /// is sent because of one client has a reserve, and no pause before it: whoever floods from elsewhere cannot have
    /// spent the person's last one.
    /// - Parameter network: as in ``Caller/network``; nil: no reserve.
    func messageWait(
        _ destination: Data,
        _ subject: Subject,
        _ limits: Limits,
        from network: String?
    ) throws -> Int? {
        let own = network.map { asked(for: subject, from: $0) }
        let isFirst = try own.map { try time($0, back: 0) == nil } ?? false
        let limits = isFirst ? limits.raisedForFirstMessage : limits
        let messages = Counter(sort: .messages, key: destination, window: limits.window)
        let all = Counter(sort: .messages, key: secrets.index.subject(subject), window: limits.window)
        if let wait = try budgetWait(messages, limits) { return wait }
        if let wait = try wait(all, .messagesPerPerson, limits) { return wait }
        let (daily, allDaily) = (messages.daily, all.daily)
        if let wait = try wait(daily, .messagesPerDestinationAndDay, limits) { return wait }
        if let wait = try wait(allDaily, .messagesPerPersonAndDay, limits) { return wait }
        for counter in [messages, all, daily, allDaily] + (own.map { [$0] } ?? []) { try count(counter) }
        return nil
    }

    private func asked(for subject: Subject, from network: String) -> Counter {
        Counter(sort: .dailyMessages, key: secrets.index.network(network, asking: subject), window: Self.day)
    }

    /// A message goes to the stored value of the person's own method, whatever the draft says; in a reset only to
    /// a verified one whose proof would count. A decoy's methods exist nowhere: any id may be theirs.
    private func allows(_ draft: ChallengeDraft, in session: Session) throws -> Bool {
        let method = try methods(of: session.subject.id).first { $0.id == draft.methodID }
        if !session.subject.isDecoy {
            guard let method, method.kind == draft.kind, try !isFrozen(session.subject.id) else { return false }
            if let message = draft.message, message.to != method.destination { return false }
            guard session.progress == nil || method.state == .verified else { return false }
        }
        let proof = ResetProgress.Proof(methodID: draft.methodID, kind: draft.kind, value: method?.value ?? "")
        return session.progress?.mayChallenge(proof) ?? true
    }

    /// Once something is verified, an unverified method is verified only by somebody who has just proven that it
    /// is them, or whom the helpdesk gave a pass.
    func mayProve(_ methodID: String, in session: Session) throws -> Bool {
        guard session.progress == nil, !session.subject.isDecoy else { return true }
        let methods = try methods(of: session.subject.id)
        let isUnproven = methods.contains { $0.id == methodID && $0.state != .verified }
        let isBound = methods.contains(where: \.isProven)
        let isComplete = try isComplete(session.subject.id)
        guard isUnproven, isBound || isComplete else { return true }
        return session.entry == .pass || session.freshUntil.map { $0 > now.date } ?? false
    }

    private func destination(of draft: ChallengeDraft, _ subject: Subject) -> Data {
        subject.isDecoy
            ? secrets.index.decoyDestination(draft.methodID, of: subject)
            : secrets.index.destination(draft.message?.to ?? "", kind: draft.kind)
    }

    private func budgetWait(_ messages: Counter, _ limits: Limits) throws -> Int? {
        if let wait = try wait(messages, .messagesPerDestination, limits) { return wait }
        guard
            try wait(messages, limit: limits.messagesWithoutPause) != nil,
            let newest = try time(messages, back: 0)
        else { return nil }
        let rest = limits.pauseBetweenMessages - now.since(newest)
        return rest > 0 ? seconds(rest, atMost: limits.pauseBetweenMessages) : nil
    }
}

extension Counter {
    /// The same messages, over a day.
    fileprivate var daily: Counter { Counter(sort: .dailyMessages, key: key, window: VaultTransaction.day) }
}
