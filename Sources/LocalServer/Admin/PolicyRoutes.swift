import Hummingbird
import LocalAPI
import SelfService

/// `/policies`: those in force, and what others would do. The services audit these themselves.
struct PolicyRoutes: Sendable {
    let services: AdminServices
    let policies: any PolicyAdministration

    func add(to routes: inout RouteList) {
        routes.on(.get, Routes.Admin.policies, handler: list)
        routes.on(.post, Routes.Admin.policySimulations, handler: simulate)
    }

    @Sendable private func list(_ request: Request, _ context: SocketContext) async throws -> Response {
        try await services.administrators.require(.lookUp, of: context.peer, overEverybody: true)
        _ = try await services.read { _ in }
        let census = try await policies.policies(by: context.actor)
        return try .json(PolicyListDocument(census, freshness: await services.freshness()))
    }

    @Sendable private func simulate(_ request: Request, _ context: SocketContext) async throws -> Response {
        try await services.administrators.require(.lookUp, of: context.peer, overEverybody: true)
        let body = try await request.document(PolicySimulationRequest.self)
        let limit = body.limit ?? ListQuery.defaultLimit
        guard ListQuery.limits.contains(limit) else {
            let range = "\(ListQuery.limits.lowerBound) to \(ListQuery.limits.upperBound)"
            throw MalformedRequest("“limit” must be a whole number from \(range).", field: "limit")
        }
        if let cursor = body.cursor { try ListQuery.check(cursor) }
        _ = try await services.read { _ in }
        let simulation = try await policies.simulate(
            body.configuration,
            limit: limit,
            after: body.cursor,
            by: context.actor
        )
        return try .json(PolicySimulationDocument(simulation, freshness: await services.freshness()))
    }
}
