import Audit
import Foundation
import Identity

/// What a signed-in person does with their methods.
struct RegistrationService: Sendable {
    let environment: ServiceEnvironment

    /// Methods that one person may have, verified or not.
    static let methodLimit = 20
    /// Bytes of a label.
    static let labelLimit = 128

    func registration(token: String, from caller: Caller) async throws(ServiceError) -> RegistrationView {
        try await signedIn(token, caller).view
    }

    func addMethod(
        _ kind: MethodKind,
        value: String,
        label: String?,
        token: String,
        from caller: Caller
    ) async throws(ServiceError) -> MethodView {
        let person = try await signedIn(token, caller)
        try await requireStanding(person)
        guard person.policy.allows(kind) else {
            let offered = person.policy.methods.map(\.kind.rawValue).joined(separator: ", ")
            throw ServiceError(.invalidValue, "This kind is not offered to you. Offered: \(offered).", field: "kind")
        }
        let normalized = try MethodValue.normalized(value, kind: kind)
        let label = try Self.checked(label) ?? ""
        try requireFreshProof(person)
        let method = try await environment.vault {
            try await $0.addMethod(
                kind,
                value: normalized,
                label: label,
                for: person.id,
                limit: Self.methodLimit,
                by: caller.actor
            )
        }
        guard let method else {
            throw ServiceError(
                .conflict,
                "You have registered this already, or you have \(Self.methodLimit) methods, which is the limit."
            )
        }
        return person.review.view(of: method, showingValue: person.isFresh)
    }

    func changeMethod(
        _ id: String,
        label: String?,
        isDefault: Bool?,
        token: String,
        from caller: Caller
    ) async throws(ServiceError) -> MethodView {
        let person = try await signedIn(token, caller)
        try await requireStanding(person)
        let label = try Self.checked(label)
        try requireFreshProof(person)
        let method = try await environment.vault {
            try await $0.changeMethod(id, of: person.id, label: label, isDefault: isDefault, by: caller.actor)
        }
        guard let method else { throw Self.noSuchMethod }
        return person.review.view(of: method, showingValue: person.isFresh)
    }

    func removeMethod(_ id: String, token: String, from caller: Caller) async throws(ServiceError) {
        let person = try await signedIn(token, caller)
        try await requireStanding(person)
        guard person.review.stored.methods.contains(where: { $0.id == id }) else { throw Self.noSuchMethod }
        try requireFreshProof(person)
        let removed = try await environment.vault {
            try await $0.removeMethod(id, of: person.id, by: caller.actor)
        }
        guard removed else { throw Self.noSuchMethod }
    }

    func openChallenge(
        methodID: String,
        via: Via?,
        token: String,
        from caller: Caller
    ) async throws(ServiceError) -> Challenge {
        let person = try await signedIn(token, caller)
        try await requireStanding(person)
        guard let method = person.review.stored.methods.first(where: { $0.id == methodID }) else {
            throw Self.noSuchMethod
        }
        let offered = person.policy.methods.first { $0.kind == method.kind }?.via ?? method.kind.via
        let draft = ChallengeDraft(
            to: method,
            via: try Via.chosen(via, of: offered),
            purpose: .registration,
            in: person.session,
            environment: environment
        )
        return try await environment.open(draft, by: caller.actor)
    }

    func challenge(_ id: String, token: String, from caller: Caller) async throws(ServiceError) -> Challenge {
        let session = try await environment.session(token, caller) { $0.kind == .signIn }
        return try await environment.challenge(id, in: session)
    }

    func answer(
        _ challengeID: String,
        code: String,
        token: String,
        from caller: Caller
    ) async throws(ServiceError) -> VerifiedMethod {
        let before = try await signedIn(token, caller)
        let challenge = try await environment.challenge(challengeID, in: before.session)
        let session = try await environment.answer(code, to: challengeID, in: before.session, by: caller.actor)
        var person = try await person(of: session)
        if person.review.meetsPolicy, person.review.stored.completedAt == nil {
            let (id, policy) = (person.id, person.policy.name)
            try await environment.vault { try await $0.markComplete(id, policy: policy, by: caller.actor) }
            person = try await self.person(of: session)
        }
        guard
            let freshUntil = session.freshUntil,
            let method = person.review.stored.methods.first(where: { $0.id == challenge.methodID })
        else { throw Self.noSuchMethod }
        return VerifiedMethod(
            method: person.review.view(of: method, showingValue: person.isFresh),
            freshUntil: freshUntil
        )
    }

    func confirm(token: String, from caller: Caller) async throws(ServiceError) -> RegistrationView {
        let person = try await signedIn(token, caller)
        try await requireStanding(person)
        guard person.review.meetsPolicy else {
            throw ServiceError(.wrongState, "There is nothing to confirm yet: your registration is not complete.")
        }
        let id = person.id
        try await environment.vault { try await $0.markConfirmed(id, by: caller.actor) }
        return try await self.person(of: person.session).view
    }
}

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

    private func signedIn(_ token: String, _ caller: Caller) async throws(ServiceError) -> SignedInPerson {
        try await person(of: environment.session(token, caller) { $0.kind == .signIn })
    }

    private func person(of session: Session) async throws(ServiceError) -> SignedInPerson {
        guard let policy = environment.policies.policies.first(where: { $0.name == session.policyName }) else {
            throw ServiceEnvironment.deadToken
        }
        let stored = try await environment.vault { try await $0.registration(of: session.subject.id) }
        return SignedInPerson(
            session: session,
            review: RegistrationReview(stored: stored, policy: policy, now: environment.clock.now)
        )
    }

    /// Reads entry and roles live: somebody who left, or whose role changed, must sign in anew.
    private func requireStanding(_ person: SignedInPerson) async throws(ServiceError) {
        let account = try await environment.live { directory throws(DirectoryFailure) in
            try await directory.account(person.id)
        }
        guard
            let account, account.user.account.state == .active,
            environment.policies.policy(forRoles: account.user.roles)?.name == person.policy.name
        else { throw ServiceEnvironment.deadToken }
    }

    /// Somebody who only stole the password must not enrol a phone. As long as nothing is verified, the
    /// password is all there is, and enrols the first method.
    private func requireFreshProof(_ person: SignedInPerson) throws(ServiceError) {
        let hasVerified = person.review.stored.methods.contains { $0.state == .verified }
        guard !hasVerified || person.isFresh else { throw ServiceEnvironment.freshProofRequired }
    }

    private static func checked(_ label: String?) throws(ServiceError) -> String? {
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

    private static var noSuchMethod: ServiceError {
        ServiceError(.notFound, "You have no such method.")
    }
}
