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
        let person = try await signedIn(token, caller)
        // Full values are shown to whoever is it still.
        if person.isFresh { try await requireStanding(person) }
        return person.view
    }

    func addMethod(
        _ request: MethodRequest,
        token: String,
        from caller: Caller
    ) async throws(ServiceError) -> AddedMethod {
        let person = try await signedIn(token, caller)
        let account = try await requireStanding(person)
        let kind = request.kind
        try Self.requireOffered(kind, person.policy)
        let label = try Self.checked(request.label) ?? ""
        // Before anything is computed: slow hashes are for those who may.
        try requireFreshProof(person, toAdd: true)
        let tools = EnrolmentTools(
            person: person.id,
            login: account.user.login,
            issuer: environment.issuer,
            hashing: environment.hashing
        )
        let enrolment = try await kind.type.enrol(request, with: tools)
        try environment.limits.budgets.check(enrolment.value, of: kind)
        let draft = MethodDraft(
            kind,
            value: enrolment.value,
            secret: enrolment.secret,
            label: label,
            state: enrolment.isProven ? .verified : .unverified
        )
        return AddedMethod(
            method: try await add(draft, person, account, caller),
            shown: enrolment.shown
        )
    }

    private static func requireOffered(_ kind: MethodKind, _ policy: Policy) throws(ServiceError) {
        guard policy.allows(kind) else {
            let offered = policy.methods.filter(\.kind.isAddedByPerson).map(\.kind.rawValue).joined(separator: ", ")
            throw ServiceError(.invalidValue, "This kind is not offered to you. Offered: \(offered).", field: "kind")
        }
        guard kind.isAddedByPerson else {
            throw ServiceError(
                .notPermitted,
                "Only an administrator can set this. Please ask the helpdesk.",
                field: "kind"
            )
        }
    }

    /// Sets the answers to security questions, all at once; those of before are gone.
    func setAnswers(
        _ answers: [QuestionAnswer],
        token: String,
        from caller: Caller
    ) async throws(ServiceError) -> RegistrationView {
        let person = try await signedIn(token, caller)
        let account = try await requireStanding(person)
        guard person.policy.allows(.securityQuestions), let rule = person.policy.questions else {
            throw ServiceError(.notPermitted, "Security questions are not offered to you.")
        }
        try requireFreshProof(person, toAdd: true)
        let secrets = try await AnswerEnrolment(rule: rule, hashing: environment.hashing).secrets(of: answers)
        let draft = MethodDraft(.securityQuestions, secret: .answers(secrets), state: .verified)
        _ = try await add(draft, person, account, caller)
        return try await signedIn(token, caller).view
    }

    private func add(
        _ draft: MethodDraft,
        _ person: SignedInPerson,
        _ account: LiveAccount,
        _ caller: Caller
    ) async throws(ServiceError) -> MethodView {
        let terms = environment.answerTerms(.methodAdded(draft.kind))
        let method = try await environment.vault {
            try await $0.addMethod(
                draft,
                for: person.id,
                limit: Self.methodLimit,
                in: person.session,
                terms: terms,
                by: caller.actor
            )
        }
        guard let method else {
            throw ServiceError(
                .conflict,
                "You have registered this already, or you have \(Self.methodLimit) methods, which is the limit."
            )
        }
        environment.wakeCourier()
        if draft.state == .verified { try await complete(person.session, caller.actor) }
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
        guard let method = person.review.stored.methods.first(where: { $0.id == id }) else { throw Self.noSuchMethod }
        guard method.kind.isAddedByPerson else {
            throw ServiceError(.notPermitted, "Only an administrator can remove this. Please ask the helpdesk.")
        }
        try requireFreshProof(person)
        let removed = try await environment.vault {
            try await $0.removeMethod(id, of: person.id, notice: .methodRemoved(method.kind), by: caller.actor)
        }
        guard removed else { throw Self.noSuchMethod }
        environment.wakeCourier()
    }

    func confirm(token: String, from caller: Caller) async throws(ServiceError) -> RegistrationView {
        let person = try await signedIn(token, caller)
        try await requireStanding(person)
        guard person.review.meetsPolicy else {
            throw ServiceError(.wrongState, "There is nothing to confirm yet: your registration is not complete.")
        }
        // Somebody who only knows the password must not make the reminder go away.
        try requireFreshProof(person)
        let id = person.id
        try await environment.vault { try await $0.markConfirmed(id, by: caller.actor) }
        return try await self.person(of: person.session).view
    }
}
