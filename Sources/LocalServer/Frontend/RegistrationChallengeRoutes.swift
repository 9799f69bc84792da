import Hummingbird
import LocalAPI
import SelfService

/// Proving a method while registering.
struct RegistrationChallengeRoutes: Sendable {
    let services: any FrontendServices
    let frontends: Frontends
    let wait: ChallengeWait

    func add(to routes: inout RouteList) {
        routes.on(.post, Routes.Frontend.methodChallenges, handler: open)
        routes.on(.get, Routes.Frontend.registrationChallenge, query: ChallengeWait.names, handler: show)
        routes.on(.post, Routes.Frontend.registrationResponse, handler: answer)
    }

    @Sendable private func open(_ request: Request, _ context: SocketContext) async throws -> Response {
        var caller = try frontends.caller(context, any: .register)
        caller.language = request.headers[.acceptLanguage].map { String($0.prefix(Phrasebook.charactersMax)) }
        let token = try request.token()
        let body = try await request.document(OpenChallengeRequest.self)
        let challenge = try await services.openRegistrationChallenge(
            methodID: try context.path("id"),
            via: try Via.read(body.via),
            token: token,
            from: caller
        )
        return try .json(ChallengeDocument(challenge), status: .created)
    }

    @Sendable private func show(_ request: Request, _ context: SocketContext) async throws -> Response {
        let caller = try frontends.caller(context, any: .register)
        let token = try request.token()
        let id = try context.path("id")
        let challenge = try await wait.challenge(request) {
            try await services.registrationChallenge(id, token: token, from: caller)
        }
        return try .json(ChallengeDocument(challenge))
    }

    @Sendable private func answer(_ request: Request, _ context: SocketContext) async throws -> Response {
        let caller = try frontends.caller(context, any: .register)
        let token = try request.token()
        let body = try await request.document(AnswerRequest.self)
        let verified = try await services.answerRegistrationChallenge(
            try context.path("id"),
            try body.response(),
            token: token,
            from: caller
        )
        return try .json(
            VerifiedMethodDocument(method: MethodDocument(verified.method), freshUntil: verified.freshUntil)
        )
    }
}
