import Hummingbird

/// Lets only peers pass that the configuration knows, whatever the path, but for the open ones.
struct PeerGate: RouterMiddleware {
    typealias Rule = @Sendable (PeerCredentials) async throws -> Void

    let open: Set<String>
    let rule: Rule

    func handle(
        _ request: Request,
        context: SocketContext,
        next: (Request, SocketContext) async throws -> Response
    ) async throws -> Response {
        if open.contains(request.uri.path) { return try await next(request, context) }
        let peer = try await PeerCredentials.of(context.channel)
        try await rule(peer)
        return try await next(request, context.from(peer, at: ClientNetwork.name(in: request.headers)))
    }
}
