import Hummingbird
import LocalAPI
import SelfService

/// What people have registered: seen, entered, removed, imported.
struct MethodRoutes: Sendable {
    let services: AdminServices

    func add(to routes: inout RouteList) {
        routes.on(.get, Routes.Admin.userMethods, handler: list)
        routes.on(.post, Routes.Admin.userReveals, handler: reveal)
        routes.on(.post, Routes.Admin.userMethods, handler: enter)
        routes.on(.post, Routes.Admin.userRemovals, handler: remove)
        routes.on(.post, Routes.Admin.methodImports, handler: importFile)
    }

    @Sendable private func list(_ request: Request, _ context: SocketContext) async throws -> Response {
        let administrator = try await services.administrators.require(.lookUp, of: context.peer)
        let views = try await services.people.methods(of: try context.path("login"), by: administrator)
        let items = views.map(MethodDocument.init(masked:))
        return try .json(ListDocument(items: items, next: nil, freshness: await services.freshness()))
    }

    @Sendable private func reveal(_ request: Request, _ context: SocketContext) async throws -> Response {
        let administrator = try await services.administrators.require(.reveal, of: context.peer)
        let login = try context.path("login")
        let reason = try await request.document(ReasonRequest.self).reason
        let outcome = try await services.people.revealMethods(of: login, reason: reason, by: administrator)
        let freshness = await services.freshness()
        return try .outcome(outcome, login: login) { views in
            ListDocument(items: views.map(MethodDocument.init(revealed:)), next: nil, freshness: freshness)
        }
    }

    @Sendable private func enter(_ request: Request, _ context: SocketContext) async throws -> Response {
        let administrator = try await services.administrators.require(.editMethods, of: context.peer)
        let login = try context.path("login")
        let body = try await request.document(EnterMethodRequest.self)
        guard let kind = MethodKind(rawValue: body.kind) else {
            throw ServiceError(.invalidValue, "There is no such kind of method.", field: "kind")
        }
        var method = MethodRequest(kind: kind, label: body.label)
        if kind.isPhone { method.number = body.value } else { method.address = body.value }
        method.numberExtension = body.numberExtension
        let outcome = try await services.people.addMethod(method, to: login, reason: body.reason, by: administrator)
        return try .outcome(outcome, login: login, status: .created, as: EnteredMethodDocument.init)
    }

    @Sendable private func remove(_ request: Request, _ context: SocketContext) async throws -> Response {
        let administrator = try await services.administrators.require(.editMethods, of: context.peer)
        let login = try context.path("login")
        let body = try await request.document(RemoveMethodsRequest.self)
        guard (body.id == nil) == (body.all == true) else {
            throw ServiceError(.invalidValue, "Say either which method, by its id, or all of them.", field: "id")
        }
        let outcome = try await services.people.removeMethods(
            of: login,
            id: body.id,
            reason: body.reason,
            by: administrator
        )
        return try .outcome(outcome, login: login) { RemovedMethodsDocument(removed: $0) }
    }

    @Sendable private func importFile(_ request: Request, _ context: SocketContext) async throws -> Response {
        let administrator = try await services.administrators.require(.import, of: context.peer)
        let body = try await request.document(ImportMethodsRequest.self)
        let report = try await services.people.importMethods(
            ImportRequest(
                csv: body.csv,
                isDryRun: body.dryRun ?? false,
                isPartial: body.partial ?? false,
                reason: body.reason
            ),
            by: administrator
        )
        return try .json(ImportDocument(report))
    }
}
