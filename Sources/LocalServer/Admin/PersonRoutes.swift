import Audit
import Hummingbird
import LocalAPI
import SelfService

/// What can be seen and done of one person beside their entry. The services audit these themselves.
struct PersonRoutes: Sendable {
    let services: AdminServices
    /// Bytes of a reason.
    private static let reasonLimit = 500

    func add(to routes: inout RouteList) {
        routes.on(.get, Routes.Admin.userMethods, handler: methods)
        routes.on(.get, Routes.Admin.explanation, handler: explain)
        routes.on(.post, Routes.Admin.unlocks, handler: unlock)
    }

    @Sendable private func methods(_ request: Request, _ context: SocketContext) async throws -> Response {
        try await services.administrators.require(.lookUp, of: context.peer)
        let views = try await services.people.methods(of: try context.path("login"), by: context.actor)
        let items = views.map(MethodDocument.init(masked:))
        return try .json(ListDocument(items: items, next: nil, freshness: await services.freshness()))
    }

    @Sendable private func explain(_ request: Request, _ context: SocketContext) async throws -> Response {
        try await services.administrators.require(.lookUp, of: context.peer)
        let explanation = try await services.people.explain(login: try context.path("login"), by: context.actor)
        return try .json(ExplanationDocument(explanation, freshness: await services.freshness()))
    }

    @Sendable private func unlock(_ request: Request, _ context: SocketContext) async throws -> Response {
        try await services.administrators.require(.unlock, of: context.peer)
        let login = try context.path("login")
        let reason = try await request.document(UnlockRequest.self).reason
        guard reason.contains(where: { !$0.isWhitespace }), reason.utf8.count <= Self.reasonLimit else {
            throw ServiceError(
                .invalidValue,
                "Say why, in at most \(Self.reasonLimit) bytes: the reason goes into the audit.",
                field: "reason"
            )
        }
        try await services.refuseOneself(login: login, peer: context.peer)
        let outcome = try await services.people.unlock(login: login, reason: reason, by: context.actor)
        return try .json(try outcome.accepted())
    }
}

extension SocketContext {
    /// The peer, as the audit names them.
    var actor: AuditActor { .administrator(uid: peer.uid) }
}
