import Audit

/// Answers that come from elsewhere than the page: a device that signs, a gateway that heard keys.
struct RemoteAnswerService: Sendable {
    let environment: ServiceEnvironment

    func decide(_ decision: AppDecision, from caller: Caller) async throws(ServiceError) {
        let terms = environment.answerTerms(.methodAdded(.appNotification))
        let answer = try await environment.vault {
            try await $0.decideApproval(decision, terms: terms, by: caller.actor)
        }
        try await finish(answer, caller)
    }

    func answerCall(_ callID: String, digits: String, from caller: Caller) async throws(ServiceError) {
        guard digits.utf8.count <= CallAnswer.limit else {
            throw ServiceError(.invalidValue, "At most \(CallAnswer.limit) keys.", field: "digits")
        }
        let terms = environment.answerTerms(.methodAdded(.mobilePhone))
        let answer = try await environment.vault {
            try await $0.answerCall(callID, digits: digits, terms: terms, by: caller.actor)
        }
        try await finish(answer, caller)
    }

    private func finish(_ answer: RemoteAnswer, _ caller: Caller) async throws(ServiceError) {
        switch answer {
        case .passed(let session):
            environment.wakeCourier()
            guard session.kind == .signIn else { return }
            try await RegistrationService(environment: environment).complete(session, caller.actor)
        case .denied: environment.wakeCourier()
        case .wrong: throw ServiceError(.wrongCode, "This is not right.")
        case .closed:
            throw ServiceError(.challengeClosed, "This has been answered, has expired, or was tried too often.")
        case .limited(let retryAfter): throw ServiceEnvironment.tooMany(retryAfter)
        case .notFound: throw ServiceError(.notFound, "There is no such challenge.")
        }
    }
}
