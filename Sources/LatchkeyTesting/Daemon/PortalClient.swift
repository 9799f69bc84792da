package import Foundation
package import LocalAPI
package import LocalClient

/// A front end as the tests play it. Every request has a connection of its own, so that it outlives the daemon.
package struct PortalClient: Sendable {
    package let socketPath: String
    package let spool: Spool

    package init(socketPath: String, spool: Spool) {
        self.socketPath = socketPath
        self.spool = spool
    }

    // MARK: Requests

    /// Sends bytes as they are.
    package func send(
        _ method: String,
        _ path: String,
        token: String? = nil,
        headers: [(String, String)] = [],
        body: Data? = nil
    ) async throws -> LocalResponse {
        try await connected { client in
            let response = try await client.send(method, path, token: token, headers: headers, body: body)
            try DocumentedAnswers.check(response, to: method, path)
            return response
        }
    }

    /// Sends a text as the body.
    package func send(
        _ method: String,
        _ path: String,
        token: String? = nil,
        text: String
    ) async throws -> LocalResponse {
        try await send(method, path, token: token, body: Data(text.utf8))
    }

    /// - Throws: `ProblemAnswer` for a problem.
    package func get<Document: Decodable & Sendable>(
        _ type: Document.Type,
        _ path: String,
        token: String
    ) async throws -> Document {
        let response = try await send("GET", path, token: token)
        return try await connected { try $0.read(type, response) }
    }

    /// - Throws: `ProblemAnswer` for a problem.
    package func call<Document: Decodable & Sendable>(
        _ type: Document.Type,
        _ method: String,
        _ path: String,
        token: String? = nil,
        _ request: some Encodable & Sendable = EmptyRequest()
    ) async throws -> Document {
        let response = try await send(method, path, token: token, body: try APIJSON.encode(request))
        return try await connected { try $0.read(type, response) }
    }

    /// The problem with which the daemon refuses a request.
    package func problem(
        _ method: String,
        _ path: String,
        token: String? = nil,
        _ request: some Encodable & Sendable = EmptyRequest()
    ) async throws -> Problem {
        let response = try await send(method, path, token: token, body: try APIJSON.encode(request))
        guard response.headers["content-type"] == Problem.contentType else {
            throw TestError("\(method) \(path) was not refused: \(response.status)")
        }
        return try APIJSON.decode(Problem.self, from: response.body)
    }

    private func connected<Value: Sendable>(
        _ body: (LocalConnection) async throws -> Value
    ) async throws -> Value {
        let client = try await LocalConnection.connect(socketPath: socketPath)
        do {
            let value = try await body(client)
            await client.close()
            return value
        } catch {
            await client.close()
            throw error
        }
    }

    // MARK: Registration

    package func signIn(_ login: String, _ password: String = SlapdFixture.password) async throws -> SignInDocument {
        let request = SignInRequest(login: login, password: password)
        return try await call(SignInDocument.self, "POST", Routes.Frontend.signIns, request)
    }

    package func registration(_ token: String) async throws -> RegistrationDocument {
        try await get(RegistrationDocument.self, Routes.Frontend.registration, token: token)
    }

    /// Adds a method; it is not verified yet.
    package func add(_ kind: String, _ value: String, token: String) async throws -> MethodDocument {
        let request = AddMethodRequest(
            kind: kind,
            address: kind == "email" ? value : nil,
            number: kind == "email" ? nil : value
        )
        let path = Routes.Frontend.methods
        return try await call(AddedMethodDocument.self, "POST", path, token: token, request).method
    }

    /// Adds a method and verifies it with the code that is delivered.
    @discardableResult
    package func register(_ kind: String, _ value: String, token: String) async throws -> VerifiedMethodDocument {
        let method = try await add(kind, value, token: token)
        return try await verify(method.id, token: token)
    }

    /// Asks for a code to a method of the registration, and answers it.
    @discardableResult
    package func verify(_ methodID: String, token: String) async throws -> VerifiedMethodDocument {
        let before = spool.newest
        let open = Routes.fill(Routes.Frontend.methodChallenges, methodID)
        let challenge = try await call(ChallengeDocument.self, "POST", open, token: token)
        let code = try await spool.newestCode(after: before)
        let answer = Routes.fill(Routes.Frontend.registrationResponse, challenge.id)
        return try await call(VerifiedMethodDocument.self, "POST", answer, token: token, AnswerRequest(code: code))
    }

    /// Registers an address and a phone.
    /// - Returns: the token of the sign-in.
    @discardableResult
    package func enrol(_ login: String, address: String, number: String) async throws -> String {
        let token = try await signIn(login).token
        try await register("email", address, token: token)
        try await register("mobile-phone", number, token: token)
        return token
    }
}
