import Hummingbird
import LocalAPI
import SelfService

/// Passing the gates of a reset.
struct ResetChallengeRoutes: Sendable {
    let services: any FrontendServices
    let frontends: Frontends
    let wait: ChallengeWait

    func add(to routes: inout RouteList) {
        routes.on(.post, Routes.Frontend.resetChallenges, handler: open)
        routes.on(.get, Routes.Frontend.resetChallenge, query: ChallengeWait.names, handler: show)
        routes.on(.post, Routes.Frontend.resetResponse, handler: answer)
    }

    @Sendable private func open(_ request: Request, _ context: SocketContext) async throws -> Response {
        var caller = try frontends.caller(context, any: .reset, .unlock)
        caller.language = request.headers[.acceptLanguage].map { String($0.prefix(Phrasebook.charactersMax)) }
        let token = try request.token()
        let body = try await request.document(OpenResetChallengeRequest.self)
        let challenge = try await services.openResetChallenge(
            methodID: body.methodId,
            via: try Via.read(body.via),
            token: token,
            from: caller
        )
        return try .json(ChallengeDocument(challenge), status: .created)
    }

    @Sendable private func show(_ request: Request, _ context: SocketContext) async throws -> Response {
        let caller = try frontends.caller(context, any: .reset, .unlock)
        let token = try request.token()
        let id = try context.path("id")
        let challenge = try await wait.challenge(request) {
            try await services.resetChallenge(id, token: token, from: caller)
        }
        return try .json(ChallengeDocument(challenge))
    }

    @Sendable private func answer(_ request: Request, _ context: SocketContext) async throws -> Response {
        let caller = try frontends.caller(context, any: .reset, .unlock)
        let token = try request.token()
        let body = try await request.document(AnswerRequest.self)
        let view = try await services.answerResetChallenge(
            try context.path("id"),
            try body.response(),
            token: token,
            from: caller
        )
        return try .json(ResetDocument(view))
    }
}
