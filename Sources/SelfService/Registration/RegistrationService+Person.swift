import Foundation
import Identity

// MARK: The person behind a token

extension RegistrationService {
    struct SignedInPerson {
        let session: Session
        let review: RegistrationReview

        var id: EntryID { session.subject.id }
        var policy: Policy { review.policy }
        var isFresh: Bool { session.freshUntil.map { $0 > review.now } ?? false }
        var view: RegistrationView { review.view(showingValues: isFresh) }
    }

    func signedIn(_ token: String, _ caller: Caller) async throws(ServiceError) -> SignedInPerson {
        let visit = try await environment.visit(token, caller) { $0.kind == .signIn }
        return try person(of: visit.session, visit.registration)
    }

    func person(of session: Session) async throws(ServiceError) -> SignedInPerson {
        try person(of: session, try await environment.vault { try await $0.registration(of: session.subject.id) })
    }

    private func person(
        of session: Session,
        _ stored: StoredRegistration
    ) throws(ServiceError) -> SignedInPerson {
        guard let policy = environment.policies.policies.first(where: { $0.name == session.policyName }) else {
            throw ServiceEnvironment.deadToken
        }
        return SignedInPerson(
            session: session,
            review: RegistrationReview(stored: stored, policy: policy, now: environment.clock.now)
        )
    }

    /// Reads entry and roles live: somebody who left, or whose role changed, must sign in anew.
    @discardableResult
    func requireStanding(_ person: SignedInPerson) async throws(ServiceError) -> LiveAccount {
        let account = try await environment.account(person.id)
        guard
            let account, account.user.account.state == .active,
            environment.standing(of: account, person.review.stored)?.policy.name == person.policy.name
        else { throw ServiceEnvironment.deadToken }
        try environment.requirePassword(person.session.passwordStamp, of: account)
        guard person.review.stored.frozenAt == nil else { throw ServiceEnvironment.frozen }
        return account
    }

    /// Somebody who only stole the password must not enrol a phone. As long as nothing is proven, what the policy's
    /// `enrol` says begins a registration.
    /// - Parameter toAdd: a pass may add, and neither changes nor removes.
    func requireFreshProof(_ person: SignedInPerson, toAdd: Bool = false) throws(ServiceError) {
        if person.isFresh || toAdd && person.session.entry == .pass { return }
        guard !person.review.needsFreshProof else { throw ServiceEnvironment.freshProofRequired }
        switch person.policy.enrolment {
        case .password: return
        case .candidate:
            throw ServiceError(
                .freshProofRequired,
                "Prove first that it is you: ask for a code to a method that is listed as a candidate, and answer it. "
                    + "If none is listed, the helpdesk can help you."
            )
        case .pass: throw Self.passRequired
        }
    }

    static func checked(_ label: String?) throws(ServiceError) -> String? {
        guard let label else { return nil }
        guard label.utf8.count <= labelLimit, !label.unicodeScalars.contains(where: { $0.value < 0x20 }) else {
            throw ServiceError(
                .invalidValue,
                "A label has at most \(labelLimit) bytes and no control characters.",
                field: "label"
            )
        }
        return label
    }

    static var noSuchMethod: ServiceError {
        ServiceError(.notFound, "You have no such method.")
    }

    static var passRequired: ServiceError {
        ServiceError(
            .freshProofRequired,
            "A first registration needs a temporary access pass. Ask the helpdesk for one and sign in with it."
        )
    }
}
