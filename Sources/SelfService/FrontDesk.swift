/// All that a front end may ask, each question answered by the service that it belongs to.
package struct FrontDesk: FrontendServices {
    private let signIns: SignInService
    private let registrations: RegistrationService
    private let resets: ResetService

    package init(environment: ServiceEnvironment) {
        signIns = SignInService(environment: environment)
        registrations = RegistrationService(environment: environment)
        resets = ResetService(environment: environment)
    }
}

extension FrontDesk {
    package func signIn(
        login: String,
        password: Password,
        from caller: Caller
    ) async throws(ServiceError) -> SignInResult {
        try await signIns.signIn(login: login, password: password, from: caller)
    }

    package func registration(token: String, from caller: Caller) async throws(ServiceError) -> RegistrationView {
        try await registrations.registration(token: token, from: caller)
    }

    package func addMethod(
        _ kind: MethodKind,
        value: String,
        label: String?,
        token: String,
        from caller: Caller
    ) async throws(ServiceError) -> MethodView {
        try await registrations.addMethod(kind, value: value, label: label, token: token, from: caller)
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
    ) async throws(ServiceError) -> Challenge {
        try await registrations.openChallenge(methodID: methodID, via: via, token: token, from: caller)
    }

    package func registrationChallenge(
        _ id: String,
        token: String,
        from caller: Caller
    ) async throws(ServiceError) -> Challenge {
        try await registrations.challenge(id, token: token, from: caller)
    }

    package func answerRegistrationChallenge(
        _ id: String,
        code: String,
        token: String,
        from caller: Caller
    ) async throws(ServiceError) -> VerifiedMethod {
        try await registrations.answer(id, code: code, token: token, from: caller)
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
        try await resets.start(login: login, purpose: purpose, from: caller)
    }

    package func reset(token: String, from caller: Caller) async throws(ServiceError) -> ResetView {
        try await resets.current(token: token, from: caller)
    }

    package func openResetChallenge(
        methodID: String,
        via: Via?,
        token: String,
        from caller: Caller
    ) async throws(ServiceError) -> Challenge {
        try await resets.openChallenge(methodID: methodID, via: via, token: token, from: caller)
    }

    package func resetChallenge(
        _ id: String,
        token: String,
        from caller: Caller
    ) async throws(ServiceError) -> Challenge {
        try await resets.challenge(id, token: token, from: caller)
    }

    package func answerResetChallenge(
        _ id: String,
        code: String,
        token: String,
        from caller: Caller
    ) async throws(ServiceError) -> ResetView {
        try await resets.answer(id, code: code, token: token, from: caller)
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
