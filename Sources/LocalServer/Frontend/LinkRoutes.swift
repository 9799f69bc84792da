import Hummingbird
import LocalAPI
import SelfService

/// `/reset-links` and `/repudiations`: what begins with a mail. The token in its link is the authority.
struct LinkRoutes: Sendable {
    let services: any FrontendServices
    let frontends: Frontends

    func add(to routes: inout RouteList) {
        routes.on(.post, Routes.Frontend.resetLinks, handler: send)
        routes.on(.post, Routes.Frontend.repudiations, handler: repudiate)
    }

    @Sendable private func send(_ request: Request, _ context: SocketContext) async throws -> Response {
        var caller = try frontends.caller(context, any: .resetLink)
        caller.language = request.headers[.acceptLanguage].map { String($0.prefix(Phrasebook.charactersMax)) }
        let body = try await request.document(ResetLinkRequest.self)
        try await services.sendResetLink(email: body.email, from: caller)
        return .nothing(.accepted)
    }

    @Sendable private func repudiate(_ request: Request, _ context: SocketContext) async throws -> Response {
        let caller = try frontends.caller(context, any: .resetLink)
        let body = try await request.document(RepudiationRequest.self)
        try await services.repudiate(token: body.token, from: caller)
        return .nothing()
    }
}
