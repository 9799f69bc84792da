import Hummingbird
import LocalAPI
import SelfService

/// `/registrations`: who is registered, and who has to confirm it.
struct RegistrationReportRoutes: Sendable {
    let services: AdminServices

    func add(to routes: inout RouteList) {
        routes.on(.get, Routes.Admin.registrations, query: ListQuery.names.union(["role", "state"]), handler: report)
        routes.on(.post, Routes.Admin.userConfirmations, handler: requireOfOne)
        routes.on(.post, Routes.Admin.requiredConfirmations, handler: requireOfRole)
    }

    @Sendable private func report(_ request: Request, _ context: SocketContext) async throws -> Response {
        let administrator = try await services.administrators.require(.lookUp, of: context.peer)
        let list = try ListQuery(request.uri)
        var query = ReportQuery(role: list.parameters["role"], limit: list.limit, cursor: list.cursor)
        if let text = list.parameters["state"] {
            guard let state = ReportQuery.State(rawValue: text) else {
                let known = ReportQuery.State.allCases.map(\.rawValue).joined(separator: ", ")
                throw MalformedRequest("“state” must be one of: \(known).", field: "state")
            }
            query.state = state
        }
        let asked = query
        let page = try await services.read { _ in
            try await services.people.registrationReport(asked, by: administrator)
        }
        let items = page.items.map(StandingDocument.init)
        return try .json(ListDocument(items: items, next: page.next, freshness: await services.freshness()))
    }

    @Sendable private func requireOfOne(_ request: Request, _ context: SocketContext) async throws -> Response {
        let administrator = try await services.administrators.require(.editMethods, of: context.peer)
        let login = try context.path("login")
        let reason = try await request.document(ReasonRequest.self).reason
        let outcome = try await services.people.requireConfirmation(of: login, reason: reason, by: administrator)
        return try .outcome(outcome, login: login) { RequirementDocument(required: $0) }
    }

    @Sendable private func requireOfRole(_ request: Request, _ context: SocketContext) async throws -> Response {
        let administrator = try await services.administrators.require(.editMethods, of: context.peer)
        let body = try await request.document(RequireConfirmationsRequest.self)
        let page = try await services.people.requireConfirmation(
            ofRole: body.role,
            after: body.cursor,
            reason: body.reason,
            by: administrator
        )
        return try .json(
            RequirementDocument(required: page.required, passedOver: page.passedOver, next: page.next)
        )
    }
}
