import Audit
import Hummingbird
import Identity
import LocalAPI
import SelfService
import Synchronizer

/// `/users`: the people in the mirror.
struct UserRoutes: Sendable {
    let services: AdminServices

    func add(to routes: inout RouteList) {
        routes.on(.get, Routes.Admin.users, query: ListQuery.names.union(["search", "state"]), handler: list)
        routes.on(.get, Routes.Admin.user, handler: show)
    }

    @Sendable private func list(_ request: Request, _ context: SocketContext) async throws -> Response {
        let administrator = try await services.administrators.require(.lookUp, of: context.peer)
        let query = try userQuery(request)
        var page = try await services.read { try await $0.users(query) }
        page.items.removeAll { !administrator.may(.lookUp, over: $0.roles) }
        let kind = query.text == nil ? "users" : "search"
        try await services.record(
            .personLookedUp,
            by: context.peer,
            details: ["listing": kind, "count": String(page.items.count)]
        )
        let freshness = await services.freshness()
        let items = try await services.users(page.items, freshness: freshness)
        return try .json(ListDocument(items: items, next: page.next, freshness: freshness))
    }

    private func userQuery(_ request: Request) throws -> UserQuery {
        let list = try ListQuery(request.uri)
        var query = UserQuery(limit: list.limit, cursor: list.cursor)
        if let text = list.parameters["search"] {
            guard (1...APILimits.search).contains(text.unicodeScalars.count) else {
                throw MalformedRequest("“search” must have 1 to \(APILimits.search) characters.", field: "search")
            }
            query.text = text
        }
        if let text = list.parameters["state"] {
            guard let state = AccountStatus.State(rawValue: text) else {
                let known = AccountStatus.State.allCases.map(\.rawValue).joined(separator: ", ")
                throw MalformedRequest("“state” must be one of: \(known).", field: "state")
            }
            query.state = state
        }
        return query
    }

    @Sendable private func show(_ request: Request, _ context: SocketContext) async throws -> Response {
        let administrator = try await services.administrators.require(.lookUp, of: context.peer)
        let login = try context.path("login")
        // Out of reach and not there are one answer.
        guard
            let user = try await services.read({ try await $0.user(login: login) }),
            administrator.may(.lookUp, over: user.roles)
        else { throw Refusal.notFound("Nobody living bears this login.") }
        try await services.record(.personLookedUp, by: context.peer, about: user.id)
        return try .json(try await services.user(user, freshness: await services.freshness()))
    }
}
