package import LocalAPI
import LocalClient

/// Resetting and unlocking.
extension PortalClient {
    package func startReset(_ login: String, _ purpose: String = "reset") async throws -> ResetDocument {
        let request = StartResetRequest(login: login, purpose: purpose)
        return try await call(ResetDocument.self, "POST", Routes.Frontend.resets, request)
    }

    /// The token of a reset that was just started.
    package func resetToken(_ login: String, _ purpose: String = "reset") async throws -> String {
        guard let token = try await startReset(login, purpose).token else { throw TestError("a reset without a token") }
        return token
    }

    /// Asks for a link and waits for the mail with it.
    /// - Returns: the token in it.
    package func link(_ email: String) async throws -> String {
        let before = spool.newest
        guard try await askForLink(email) == 202 else { throw TestError("no link is sent") }
        guard let token = try await spool.newestLink("token", after: before).link("token") else {
            throw TestError("no token")
        }
        return token
    }

    /// - Returns: the status of the answer.
    package func askForLink(_ email: String) async throws -> Int {
        let body = try APIJSON.encode(ResetLinkRequest(email: email))
        return try await send("POST", Routes.Frontend.resetLinks, body: body).status
    }

    /// - Returns: the token of the reset.
    package func redeem(_ link: String) async throws -> ResetDocument {
        try await call(ResetDocument.self, "POST", Routes.Frontend.resets, StartResetRequest(linkToken: link))
    }

    package func challenge(_ methodID: String, token: String) async throws -> ChallengeDocument {
        let request = OpenResetChallengeRequest(methodId: methodID)
        return try await call(ChallengeDocument.self, "POST", Routes.Frontend.resetChallenges, token: token, request)
    }

    /// Passes one gate with the code that is delivered.
    @discardableResult
    package func pass(_ methodID: String, token: String) async throws -> ResetDocument {
        let before = spool.newest
        let challenge = try await challenge(methodID, token: token)
        let code = try await spool.newestCode(after: before)
        let path = Routes.fill(Routes.Frontend.resetResponse, challenge.id)
        return try await call(ResetDocument.self, "POST", path, token: token, AnswerRequest(code: code))
    }

    /// Passes every gate.
    @discardableResult
    package func prove(_ token: String) async throws -> ResetDocument {
        var reset = try await current(token)
        for method in reset.methods.prefix(reset.gates.required) { reset = try await pass(method.id, token: token) }
        return reset
    }

    package func current(_ token: String) async throws -> ResetDocument {
        try await get(ResetDocument.self, Routes.Frontend.reset, token: token)
    }

    /// Starts and passes every gate.
    /// - Returns: the token.
    package func provenReset(_ login: String, _ purpose: String = "reset") async throws -> String {
        let token = try await resetToken(login, purpose)
        try await prove(token)
        return token
    }

    package func setPassword(_ password: String, token: String) async throws -> OutcomeDocument {
        let request = PasswordRequest(password: password)
        return try await call(OutcomeDocument.self, "PUT", Routes.Frontend.password, token: token, request)
    }

    package func unlock(_ token: String) async throws -> OutcomeDocument {
        try await call(OutcomeDocument.self, "POST", Routes.Frontend.unlock, token: token)
    }
}
