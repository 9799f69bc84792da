import Hummingbird
import LocalAPI
import SelfService

/// `/approvals`: requests about protected people that wait for a second administrator. What each may see and decide,
/// the service knows: it takes the capability of the request.
struct ApprovalRoutes: Sendable {
    let services: AdminServices

    func add(to routes: inout RouteList) {
        routes.on(.get, Routes.Admin.approvals, handler: list)
        routes.on(.post, Routes.Admin.approval, handler: approve)
        routes.on(.post, Routes.Admin.approvalRefusal, handler: refuse)
    }

    @Sendable private func list(_ request: Request, _ context: SocketContext) async throws -> Response {
        let administrator = await services.administrators.administrator(context.peer)
        let items = try await services.people.approvals(by: administrator).map(ApprovalDocument.init)
        return try .json(ListDocument(items: items, next: nil, freshness: await services.freshness()))
    }

    @Sendable private func approve(_ request: Request, _ context: SocketContext) async throws -> Response {
        let administrator = await services.administrators.administrator(context.peer)
        _ = try await request.document(EmptyRequest.self)
        let listed = try await services.people.approve(try context.path("id"), by: administrator)
        return try .json(ApprovalDocument(listed))
    }

    @Sendable private func refuse(_ request: Request, _ context: SocketContext) async throws -> Response {
        let administrator = await services.administrators.administrator(context.peer)
        _ = try await request.document(EmptyRequest.self)
        let listed = try await services.people.refuseApproval(try context.path("id"), by: administrator)
        return try .json(ApprovalDocument(listed))
    }
}
