import Audit
import Hummingbird
import Identity
import LocalAPI
import SelfService
import Synchronizer

/// `/roles`: the groups in the mirror.
struct RoleRoutes: Sendable {
    let services: AdminServices

    func add(to routes: inout RouteList) {
        routes.on(.get, Routes.Admin.roles, query: ListQuery.names, handler: list)
        routes.on(.get, Routes.Admin.role, query: ListQuery.names.union(["id"]), handler: show)
    }

    @Sendable private func list(_ request: Request, _ context: SocketContext) async throws -> Response {
        try await services.administrators.require(.lookUp, of: context.peer)
        let query = try ListQuery(request.uri)
        let page = try await services.read { try await $0.roles(limit: query.limit, after: query.cursor) }
        let freshness = await services.freshness()
        let items = page.items.map { RoleDocument($0, freshness: freshness) }
        return try .json(ListDocument(items: items, next: page.next, freshness: freshness))
    }

    /// A name may be borne by several groups; `?id=` then says which.
    @Sendable private func show(_ request: Request, _ context: SocketContext) async throws -> Response {
        let administrator = try await services.administrators.require(.lookUp, of: context.peer)
        let query = try ListQuery(request.uri)
        let role = try await role(named: try context.path("name"), id: query.parameters["id"])
        var page = try await services.read {
            try await $0.members(of: role.id, limit: query.limit, after: query.cursor)
        }
        page.items.removeAll { !administrator.may(.lookUp, over: $0.roles) }
        try await services.record(
            .personLookedUp,
            by: context.peer,
            details: ["listing": "members", "role": role.id.description, "count": String(page.items.count)]
        )
        let freshness = await services.freshness()
        let items = try await services.users(page.items, freshness: freshness)
        return try .json(RoleMembersDocument(role, items: items, next: page.next, freshness: freshness))
    }

    private func role(named name: String, id: String?) async throws -> Role {
        let bearers = try await services.read { try await $0.roles(named: name) }
        let meant = id.map { id in bearers.filter { $0.id.description == id.lowercased() } } ?? bearers
        guard let role = meant.first else { throw Refusal.notFound("There is no role of this name.") }
        guard meant.count == 1 else {
            let ids = meant.map(\.id.description).joined(separator: ", ")
            throw Refusal(
                .ambiguousName,
                "Several groups bear this name. Say which with ?id=: \(ids).",
                field: "id"
            )
        }
        return role
    }
}
