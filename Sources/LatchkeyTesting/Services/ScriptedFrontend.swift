package import SelfService

/// Front-end services that answer from ``SamplePeople``, remember what they were asked, and fail on demand.
package actor ScriptedFrontend: FrontendServices {
    /// One call: the method's name and its arguments, passwords included, so that tests can compare.
    package struct Call: Sendable, Equatable {
        package var name: String
        package var arguments: [String]
        package var caller: Caller
    }

    package private(set) var calls: [Call] = []
    package private(set) var failure: ServiceError?
    package private(set) var outcome = SamplePeople.applied
    package private(set) var challengeStates: [Challenge.State] = []
    /// Holds `registration(token:from:)`.
    package nonisolated let turnstile = Turnstile()

    package init() {}

    /// The next call throws this.
    package func fail(with error: ServiceError) { failure = error }
    package func answer(with outcome: WriteOutcome) { self.outcome = outcome }
    /// What the next looks at a challenge find; then it is passed.
    package func script(challenge states: [Challenge.State]) { challengeStates = states }

    private func note(_ name: String, _ arguments: [String], _ caller: Caller) throws(ServiceError) {
        calls.append(Call(name: name, arguments: arguments, caller: caller))
        guard let error = failure else { return }
        failure = nil
        throw error
    }

    private func note(_ name: String, _ arguments: [String] = [], token: String, _ caller: Caller)
        throws(ServiceError)
    {
        try note(name, arguments, caller)
        guard token == SamplePeople.token else {
            throw ServiceError(.invalidToken, "This token is not valid here, or not any more.")
        }
    }

    private func look() -> Challenge {
        challengeStates.isEmpty
            ? SamplePeople.challenge(.passed) : SamplePeople.challenge(challengeStates.removeFirst())
    }

    package func signIn(login: String, password: Password, from caller: Caller) async throws(ServiceError)
        -> SignInResult
    {
        try note("signIn", [login, password.text], caller)
        guard password.text == SamplePeople.password else {
            throw ServiceError(.signInRefused, "Login or password is wrong, or the account cannot be used.")
        }
        return SignInResult(
            token: SamplePeople.token,
            expiresAt: SamplePeople.time,
            user: SamplePeople.alice,
            registration: SamplePeople.registration
        )
    }

    package func registration(token: String, from caller: Caller) async throws(ServiceError) -> RegistrationView {
        try note("registration", token: token, caller)
        await turnstile.pass()
        return SamplePeople.registration
    }

    package func signIn(login: String, accessPass: String, from caller: Caller) async throws(ServiceError)
        -> SignInResult
    {
        try note("signInWithPass", [login, accessPass], caller)
        return SignInResult(
            token: SamplePeople.token,
            expiresAt: SamplePeople.time,
            user: SamplePeople.alice,
            registration: SamplePeople.registration
        )
    }

    package func addMethod(
        _ request: MethodRequest,
        token: String,
        from caller: Caller
    ) async throws(ServiceError) -> AddedMethod {
        let value = request.address ?? request.number ?? request.publicKey ?? "-"
        try note("addMethod", [request.kind.rawValue, value, request.label ?? "-"], token: token, caller)
        return AddedMethod(method: SamplePeople.view(showsValue: true))
    }

    package func setAnswers(
        _ answers: [QuestionAnswer],
        token: String,
        from caller: Caller
    ) async throws(ServiceError) -> RegistrationView {
        try note("setAnswers", answers.flatMap { [$0.questionID, $0.answer] }, token: token, caller)
        return SamplePeople.registration
    }

    package func decideApproval(_ decision: AppDecision, from caller: Caller) async throws(ServiceError) {
        try note("decideApproval", [decision.challengeID, decision.decision.rawValue, decision.number], caller)
    }

    package func answerCall(_ callID: String, digits: String, from caller: Caller) async throws(ServiceError) {
        try note("answerCall", [callID, digits], caller)
    }

    package func changeMethod(
        _ id: String,
        label: String?,
        isDefault: Bool?,
        token: String,
        from caller: Caller
    ) async throws(ServiceError) -> MethodView {
        try note("changeMethod", [id, label ?? "-", isDefault.map(String.init) ?? "-"], token: token, caller)
        return SamplePeople.view(showsValue: true)
    }

    package func removeMethod(_ id: String, token: String, from caller: Caller) async throws(ServiceError) {
        try note("removeMethod", [id], token: token, caller)
    }

    package func openRegistrationChallenge(
        methodID: String,
        via: Via?,
        token: String,
        from caller: Caller
    ) async throws(ServiceError) -> ChallengeView {
        try note("openRegistrationChallenge", [methodID, via?.rawValue ?? "-"], token: token, caller)
        return ChallengeView(SamplePeople.challenge(), policy: SamplePeople.policy)
    }

    package func registrationChallenge(_ id: String, token: String, from caller: Caller) async throws(ServiceError)
        -> ChallengeView
    {
        try note("registrationChallenge", [id], token: token, caller)
        return ChallengeView(look(), policy: SamplePeople.policy)
    }

    package func answerRegistrationChallenge(
        _ id: String,
        _ response: ProofResponse,
        token: String,
        from caller: Caller
    ) async throws(ServiceError) -> VerifiedMethod {
        try note("answerRegistrationChallenge", [id, response.text], token: token, caller)
        guard response.text == SamplePeople.code else { throw ServiceError(.wrongCode, "This is not the code.") }
        return VerifiedMethod(method: SamplePeople.view(showsValue: true), freshUntil: SamplePeople.time)
    }

    package func confirmRegistration(token: String, from caller: Caller) async throws(ServiceError)
        -> RegistrationView
    {
        try note("confirmRegistration", token: token, caller)
        return SamplePeople.registration
    }

    package func startReset(login: String, purpose: ResetPurpose, from caller: Caller) async throws(ServiceError)
        -> StartedReset
    {
        try note("startReset", [login, purpose.rawValue], caller)
        return StartedReset(token: SamplePeople.token, reset: SamplePeople.reset)
    }

    package func startReset(linkToken: String, from caller: Caller) async throws(ServiceError) -> StartedReset {
        try note("startReset", [linkToken], caller)
        return StartedReset(token: SamplePeople.token, reset: SamplePeople.reset)
    }

    package func sendResetLink(email: String, from caller: Caller) async throws(ServiceError) {
        try note("sendResetLink", [email], caller)
    }

    package func repudiate(token: String, from caller: Caller) async throws(ServiceError) {
        try note("repudiate", [token], caller)
    }

    package func reset(token: String, from caller: Caller) async throws(ServiceError) -> ResetView {
        try note("reset", token: token, caller)
        return SamplePeople.reset
    }

    package func openResetChallenge(
        methodID: String,
        via: Via?,
        token: String,
        from caller: Caller
    ) async throws(ServiceError) -> ChallengeView {
        try note("openResetChallenge", [methodID, via?.rawValue ?? "-"], token: token, caller)
        return ChallengeView(SamplePeople.challenge(), policy: SamplePeople.policy)
    }

    package func resetChallenge(_ id: String, token: String, from caller: Caller) async throws(ServiceError)
        -> ChallengeView
    {
        try note("resetChallenge", [id], token: token, caller)
        return ChallengeView(look(), policy: SamplePeople.policy)
    }

    package func answerResetChallenge(
        _ id: String,
        _ response: ProofResponse,
        token: String,
        from caller: Caller
    ) async throws(ServiceError) -> ResetView {
        try note("answerResetChallenge", [id, response.text], token: token, caller)
        guard response.text == SamplePeople.code else { throw ServiceError(.wrongCode, "This is not the code.") }
        return SamplePeople.reset
    }

    package func setPassword(_ password: Password, token: String, from caller: Caller) async throws(ServiceError)
        -> WriteOutcome
    {
        try note("setPassword", [password.text], token: token, caller)
        return outcome
    }

    package func unlock(token: String, from caller: Caller) async throws(ServiceError) -> WriteOutcome {
        try note("unlock", token: token, caller)
        return outcome
    }

    package func checkPassword(_ password: Password, token: String, from caller: Caller) async throws(ServiceError)
        -> PasswordCheck
    {
        try note("checkPassword", [password.text], token: token, caller)
        let rule = PasswordRuleResult(
            id: "minimum-length",
            text: "At least 15 characters.",
            satisfied: password.text.count >= 15,
            source: .configuration,
            reason: .passwordTooShort
        )
        return PasswordCheck(rules: [rule], isIncomplete: true)
    }
}

extension ProofResponse {
    /// The code, or the answers one after the other.
    var text: String {
        switch self {
        case .code(let code): code
        case .answers(let answers): answers.map(\.answer).joined(separator: ",")
        }
    }
}
