package import LocalAPI
import LocalClient

/// Methods that are not proven by a code that was sent.
extension PortalClient {
    package func addMethod(_ request: AddMethodRequest, token: String) async throws -> AddedMethodDocument {
        try await call(AddedMethodDocument.self, "POST", Routes.Frontend.methods, token: token, request)
    }

    package func openChallenge(
        _ methodID: String,
        via: String? = nil,
        token: String
    ) async throws -> ChallengeDocument {
        let path = Routes.fill(Routes.Frontend.methodChallenges, methodID)
        return try await call(ChallengeDocument.self, "POST", path, token: token, OpenChallengeRequest(via: via))
    }

    @discardableResult
    package func answer(
        _ challenge: ChallengeDocument,
        _ request: AnswerRequest,
        token: String
    ) async throws -> VerifiedMethodDocument {
        let path = Routes.fill(Routes.Frontend.registrationResponse, challenge.id)
        return try await call(VerifiedMethodDocument.self, "POST", path, token: token, request)
    }

    /// As a voice gateway does it.
    package func press(_ digits: String, in call: String) async throws -> Int {
        let body = try APIJSON.encode(CallAnswerRequest(callId: call, digits: digits))
        return try await send("POST", Routes.Frontend.callAnswers, body: body).status
    }

    package func setAnswers(_ answers: [String: String], token: String) async throws -> RegistrationDocument {
        let request = SetAnswersRequest(answers: answers.map { .init(questionId: $0, answer: $1) })
        return try await call(
            RegistrationDocument.self,
            "PUT",
            Routes.Frontend.securityQuestions,
            token: token,
            request
        )
    }

    package func answerReset(
        _ methodID: String,
        token: String,
        _ answer: (ChallengeDocument) -> AnswerRequest
    ) async throws -> ResetDocument {
        let challenge = try await challenge(methodID, token: token)
        let path = Routes.fill(Routes.Frontend.resetResponse, challenge.id)
        return try await call(ResetDocument.self, "POST", path, token: token, answer(challenge))
    }
}
