package import Foundation
package import Identity

/// What the front-end socket may ask. A handler decodes, calls one of these, and encodes.
///
/// Every call names its caller as the socket knows it; a token of another front end is no token.
package protocol FrontendServices: Sendable {
    func signIn(login: String, accessPass: String, from caller: Caller) async throws(ServiceError) -> SignInResult
    func signIn(login: String, password: Password, from caller: Caller) async throws(ServiceError) -> SignInResult

    func registration(token: String, from caller: Caller) async throws(ServiceError) -> RegistrationView
    func addMethod(_ request: MethodRequest, token: String, from caller: Caller) async throws(ServiceError)
        -> AddedMethod
    func setAnswers(_ answers: [QuestionAnswer], token: String, from caller: Caller) async throws(ServiceError)
        -> RegistrationView
    /// Members that are nil stay as they are.
    func changeMethod(
        _ id: String,
        label: String?,
        isDefault: Bool?,
        token: String,
        from caller: Caller
    ) async throws(ServiceError) -> MethodView
    func removeMethod(_ id: String, token: String, from caller: Caller) async throws(ServiceError)
    func openRegistrationChallenge(
        methodID: String,
        via: Via?,
        token: String,
        from caller: Caller
    ) async throws(ServiceError) -> ChallengeView
    func registrationChallenge(_ id: String, token: String, from caller: Caller) async throws(ServiceError)
        -> ChallengeView
    func answerRegistrationChallenge(
        _ id: String,
        _ response: ProofResponse,
        token: String,
        from caller: Caller
    ) async throws(ServiceError) -> VerifiedMethod
    func confirmRegistration(token: String, from caller: Caller) async throws(ServiceError) -> RegistrationView

    /// With the token of a link; it is spent by this.
    func startReset(linkToken: String, from caller: Caller) async throws(ServiceError) -> StartedReset
    /// Says the same whatever the address is.
    func sendResetLink(email: String, from caller: Caller) async throws(ServiceError)
    /// Takes the token of a notice: resets and changes stop for the person.
    func repudiate(token: String, from caller: Caller) async throws(ServiceError)
    /// - Parameter login: a login or an email address.
    func startReset(login: String, purpose: ResetPurpose, from caller: Caller) async throws(ServiceError)
        -> StartedReset
    func reset(token: String, from caller: Caller) async throws(ServiceError) -> ResetView
    func openResetChallenge(
        methodID: String,
        via: Via?,
        token: String,
        from caller: Caller
    ) async throws(ServiceError) -> ChallengeView
    func resetChallenge(_ id: String, token: String, from caller: Caller) async throws(ServiceError) -> ChallengeView
    func answerResetChallenge(
        _ id: String,
        _ response: ProofResponse,
        token: String,
        from caller: Caller
    ) async throws(ServiceError) -> ResetView
    /// A device's decision; its signature says whose.
    func decideApproval(_ decision: AppDecision, from caller: Caller) async throws(ServiceError)
    /// Keys pressed in a call, told by the voice gateway.
    func answerCall(_ callID: String, digits: String, from caller: Caller) async throws(ServiceError)

    func setPassword(_ password: Password, token: String, from caller: Caller) async throws(ServiceError)
        -> WriteOutcome
    func unlock(token: String, from caller: Caller) async throws(ServiceError) -> WriteOutcome

    /// The rules for a new password with a yes or no each. Needs a sign-in, or a reset whose gates are passed.
    func checkPassword(
        _ password: Password,
        token: String,
        from caller: Caller
    ) async throws(ServiceError) -> PasswordCheck
}

package struct SignInResult: Sendable {
    package var token: String
    package var expiresAt: Date
    package var user: User
    package var registration: RegistrationView

    package init(token: String, expiresAt: Date, user: User, registration: RegistrationView) {
        self.token = token
        self.expiresAt = expiresAt
        self.user = user
        self.registration = registration
    }
}

package struct VerifiedMethod: Sendable {
    package var method: MethodView
    /// Until when this proof counts as fresh.
    package var freshUntil: Date

    package init(method: MethodView, freshUntil: Date) {
        self.method = method
        self.freshUntil = freshUntil
    }
}

package struct StartedReset: Sendable {
    package var token: String
    package var reset: ResetView

    package init(token: String, reset: ResetView) {
        self.token = token
        self.reset = reset
    }
}

package struct PasswordCheck: Sendable, Equatable {
    package var rules: [PasswordRuleResult]
    /// The directory's policy could not be read whole: it may have further rules.
    package var isIncomplete: Bool

    package init(rules: [PasswordRuleResult], isIncomplete: Bool) {
        self.rules = rules
        self.isIncomplete = isIncomplete
    }

    package var isAcceptable: Bool { rules.allSatisfy(\.satisfied) }
}
