import Foundation
import SelfService

/// Where a person has proven who they are. Strangers use up what strangers may try, and with it nothing of what the person
/// may try from there: otherwise anybody who knows a name could keep its owner out. All such places share one allowance,
/// so that no more than twice as much can be guessed, also by a front end that lies about where people are.
extension VaultTransaction {
    /// Seconds after the last proof: 30 days.
    static var knownFor: TimeInterval { 30 * day }

    func isKnown(_ network: String?, of subject: Subject) throws -> Bool {
        guard let network else { return false }
        return try time(proofs(of: subject, from: network), back: 0) != nil
    }

    /// Written anew once a day at most.
    func noteProof(_ session: Session, from network: String?) throws {
        guard let network, !session.subject.isDecoy, session.progress?.isProven ?? true else { return }
        let proofs = proofs(of: session.subject, from: network)
        if let last = try time(proofs, back: 0), now.since(last) < Self.day { return }
        try forget(proofs)
        try count(proofs)
    }

    private func proofs(of subject: Subject, from network: String) -> Counter {
        Counter(sort: .proofs, key: secrets.index.network(network, asking: subject), window: Self.knownFor)
    }

    func wrongAnswers(to challenge: Challenge, _ session: Session, _ answer: Answer) throws -> Counter? {
        try wrongAnswers(
            challenge.methodID,
            challenge.kind,
            of: session.subject,
            answer.limits,
            from: answer.terms.network
        )
    }

    /// What is counted against guessing. Recovery codes are too long to guess: nobody can block somebody else's.
    func wrongAnswers(
        _ methodID: String,
        _ kind: MethodKind,
        of subject: Subject,
        _ limits: Limits,
        from network: String?
    ) throws -> Counter? {
        guard kind != .recoveryCodes else { return nil }
        return wrongAnswers(methodID, of: subject, window: limits.window, isKnown: try isKnown(network, of: subject))
    }

    func wrongAnswers(_ methodID: String, of subject: Subject, window: TimeInterval, isKnown: Bool) -> Counter {
        let index = secrets.index
        let key = isKnown ? index.knownMethod(methodID, of: subject) : index.method(methodID, of: subject)
        return Counter(sort: .wrongAnswers, key: key, window: window)
    }

    /// Notifications to a person's devices.
    func prompts(of subject: Subject, _ limits: Limits, from network: String?) throws -> Counter {
        let key = try isKnown(network, of: subject) ? secrets.index.known(subject) : secrets.index.subject(subject)
        return Counter(sort: .prompts, key: key, window: limits.window)
    }
}
