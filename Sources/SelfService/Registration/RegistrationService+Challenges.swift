import Audit
import Foundation

// MARK: Proving

extension RegistrationService {
    func openChallenge(
        methodID: String,
        via: Via?,
        token: String,
        from caller: Caller
    ) async throws(ServiceError) -> ChallengeView {
        let person = try await signedIn(token, caller)
        try await requireStanding(person)
        guard let method = person.review.stored.methods.first(where: { $0.id == methodID }) else {
            throw Self.noSuchMethod
        }
        try requireChallengeable(method, person)
        let draft = ChallengeDraft(
            to: method,
            via: try Via.chosen(via, of: person.policy.via(of: method.kind)),
            purpose: .registration,
            policy: person.policy,
            in: person.session,
            language: caller.language,
            environment: environment
        )
        return ChallengeView(try await environment.open(draft, by: caller.actor), policy: person.policy)
    }

    /// A pass signs in and does nothing else. What somebody else entered is proven first only where the policy
    /// lets a password, or just that, begin.
    private func requireChallengeable(
        _ method: RegisteredMethod,
        _ person: SignedInPerson
    ) throws(ServiceError) {
        guard method.kind != .accessPass else {
            throw ServiceError(.wrongState, "A pass is used to sign in, and proves nothing here.")
        }
        guard method.state == .candidate, !person.review.needsFreshProof else { return }
        if person.policy.enrolment == .pass, !person.isFresh, person.session.entry != .pass {
            throw Self.passRequired
        }
    }

    func challenge(_ id: String, token: String, from caller: Caller) async throws(ServiceError) -> ChallengeView {
        let person = try await signedIn(token, caller)
        let challenge = try await environment.challenge(id, in: person.session)
        return ChallengeView(challenge, policy: person.policy)
    }

    func answer(
        _ challengeID: String,
        _ response: ProofResponse,
        token: String,
        from caller: Caller
    ) async throws(ServiceError) -> VerifiedMethod {
        let before = try await signedIn(token, caller)
        try await requireStanding(before)
        let challenge = try await environment.challenge(challengeID, in: before.session)
        let session = try await environment.answer(
            response,
            to: challengeID,
            in: before.session,
            notice: .methodAdded(challenge.kind),
            from: caller
        )
        environment.wakeCourier()
        try await complete(session, caller.actor)
        let person = try await person(of: session)
        guard
            let freshUntil = session.freshUntil,
            let method = person.review.stored.methods.first(where: { $0.id == challenge.methodID })
        else { throw Self.noSuchMethod }
        return VerifiedMethod(
            method: person.review.view(of: method, showingValue: person.isFresh),
            freshUntil: freshUntil
        )
    }

    /// Notes that the registration is complete as soon as it is, whoever brought the last proof.
    func complete(_ session: Session, _ actor: AuditActor) async throws(ServiceError) {
        let person = try await person(of: session)
        guard person.review.meetsPolicy, person.review.stored.completedAt == nil else { return }
        let (id, policy) = (person.id, person.policy.name)
        try await environment.vault { try await $0.markComplete(id, policy: policy, by: actor) }
    }
}
