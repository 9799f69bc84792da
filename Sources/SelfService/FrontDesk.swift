/// All that a front end may ask, each question answered by the service that it belongs to.
package struct FrontDesk: FrontendServices {
    private let source: EnvironmentSource

    package init(environment: ServiceEnvironment) {
        self.init(EnvironmentSource(environment))
    }

    package init(_ source: EnvironmentSource) {
        self.source = source
    }

    private var environment: ServiceEnvironment { source.current }

    /// What a stranger may ask about a name: counted first, and answered at even times.
    private func evenly<Value: Sendable>(
        _ caller: Caller,
        _ work: () async throws(ServiceError) -> Value
    ) async throws(ServiceError) -> Value {
        try await environment.admit(.start, from: caller)
        return try await environment.evenTime.answer(work)
    }

    private var signIns: SignInService { SignInService(environment: environment) }
    private var registrations: RegistrationService { RegistrationService(environment: environment) }
    private var resets: ResetService { ResetService(environment: environment) }
    private var remoteAnswers: RemoteAnswerService { RemoteAnswerService(environment: environment) }
    private var links: LinkService { LinkService(environment: environment) }
}

extension FrontDesk {
    package func signIn(
        login: String,
        password: Password,
        from caller: Caller
    ) async throws(ServiceError) -> SignInResult {
        try await evenly(caller) { () throws(ServiceError) in
            try await signIns.signIn(login: login, password: password, from: caller)
        }
    }

    package func signIn(
        login: String,
        accessPass: String,
        from caller: Caller
    ) async throws(ServiceError) -> SignInResult {
        try await evenly(caller) { () throws(ServiceError) in
            try await signIns.signIn(login: login, accessPass: accessPass, from: caller)
        }
    }

    package func registration(token: String, from caller: Caller) async throws(ServiceError) -> RegistrationView {
        try await registrations.registration(token: token, from: caller)
    }

    package func addMethod(
        _ request: MethodRequest,
        token: String,
        from caller: Caller
    ) async throws(ServiceError) -> AddedMethod {
        try await registrations.addMethod(request, token: token, from: caller)
    }

    package func setAnswers(
        _ answers: [QuestionAnswer],
        token: String,
        from caller: Caller
    ) async throws(ServiceError) -> RegistrationView {
        try await registrations.setAnswers(answers, token: token, from: caller)
    }

    package func changeMethod(
        _ id: String,
        label: String?,
        isDefault: Bool?,
        token: String,
        from caller: Caller
    ) async throws(ServiceError) -> MethodView {
        try await registrations.changeMethod(id, label: label, isDefault: isDefault, token: token, from: caller)
    }

    package func removeMethod(_ id: String, token: String, from caller: Caller) async throws(ServiceError) {
        try await registrations.removeMethod(id, token: token, from: caller)
    }

    package func openRegistrationChallenge(
        methodID: String,
        via: Via?,
        token: String,
        from caller: Caller
    ) async throws(ServiceError) -> ChallengeView {
        try await registrations.openChallenge(methodID: methodID, via: via, token: token, from: caller)
    }

    package func registrationChallenge(
        _ id: String,
        token: String,
        from caller: Caller
    ) async throws(ServiceError) -> ChallengeView {
        try await registrations.challenge(id, token: token, from: caller)
    }

    package func answerRegistrationChallenge(
        _ id: String,
        _ response: ProofResponse,
        token: String,
        from caller: Caller
    ) async throws(ServiceError) -> VerifiedMethod {
        try await environment.admit(.answer, from: caller)
        return try await registrations.answer(id, response, token: token, from: caller)
    }

    package func confirmRegistration(
        token: String,
        from caller: Caller
    ) async throws(ServiceError) -> RegistrationView {
        try await registrations.confirm(token: token, from: caller)
    }
}

extension FrontDesk {
    package func startReset(
        login: String,
        purpose: ResetPurpose,
        from caller: Caller
    ) async throws(ServiceError) -> StartedReset {
        try await evenly(caller) { () throws(ServiceError) in
            try await resets.start(login: login, purpose: purpose, from: caller)
        }
    }

    package func startReset(linkToken: String, from caller: Caller) async throws(ServiceError) -> StartedReset {
        try await resets.start(linkToken: linkToken, from: caller)
    }

    package func sendResetLink(email: String, from caller: Caller) async throws(ServiceError) {
        try await evenly(caller) { () throws(ServiceError) in try await links.request(email: email, from: caller) }
    }

    package func repudiate(token: String, from caller: Caller) async throws(ServiceError) {
        try await links.repudiate(token, from: caller)
    }

    package func reset(token: String, from caller: Caller) async throws(ServiceError) -> ResetView {
        try await resets.current(token: token, from: caller)
    }

    package func openResetChallenge(
        methodID: String,
        via: Via?,
        token: String,
        from caller: Caller
    ) async throws(ServiceError) -> ChallengeView {
        try await resets.openChallenge(methodID: methodID, via: via, token: token, from: caller)
    }

    package func resetChallenge(
        _ id: String,
        token: String,
        from caller: Caller
    ) async throws(ServiceError) -> ChallengeView {
        try await resets.challenge(id, token: token, from: caller)
    }

    package func answerResetChallenge(
        _ id: String,
        _ response: ProofResponse,
        token: String,
        from caller: Caller
    ) async throws(ServiceError) -> ResetView {
        try await environment.admit(.answer, from: caller)
        return try await resets.answer(id, response, token: token, from: caller)
    }

    package func decideApproval(_ decision: AppDecision, from caller: Caller) async throws(ServiceError) {
        try await remoteAnswers.decide(decision, from: caller)
    }

    package func answerCall(_ callID: String, digits: String, from caller: Caller) async throws(ServiceError) {
        try await remoteAnswers.answerCall(callID, digits: digits, from: caller)
    }

    package func setPassword(
        _ password: Password,
        token: String,
        from caller: Caller
    ) async throws(ServiceError) -> WriteOutcome {
        try await resets.setPassword(password, token: token, from: caller)
    }

    package func unlock(token: String, from caller: Caller) async throws(ServiceError) -> WriteOutcome {
        try await resets.unlock(token: token, from: caller)
    }

    package func checkPassword(
        _ password: Password,
        token: String,
        from caller: Caller
    ) async throws(ServiceError) -> PasswordCheck {
        try await resets.checkPassword(password, token: token, from: caller)
    }
}
