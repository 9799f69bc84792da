import Audit
import HTTPTypes
import Hummingbird
import LocalAPI
import SelfService
import Synchronizer

/// `/status`, `/freshness` and `/syncs`.
struct StatusRoutes: Sendable {
    let services: AdminServices
    let version: String
    let limits: ConnectionLimits

    func add(to routes: inout RouteList) {
        routes.on(.get, Routes.Admin.status, handler: status)
        routes.on(.get, Routes.Admin.freshness, query: ["asOf", "wait"], handler: freshness)
        routes.on(.post, Routes.Admin.syncs, handler: start)
        routes.on(.get, Routes.Admin.sync, query: ["after", "wait"], handler: show)
    }

    @Sendable private func status(_ request: Request, _ context: SocketContext) async throws -> Response {
        try await services.administrators.require(.lookUp, of: context.peer)
        let status = await services.sync.status()
        let freshness = await services.sync.freshness()
        return try .json(StatusDocument(status, freshness: freshness, version: version))
    }

    @Sendable private func freshness(_ request: Request, _ context: SocketContext) async throws -> Response {
        try await services.administrators.require(.lookUp, of: context.peer)
        let query = try QueryParameters(request.uri)
        let wait = try query.duration("wait", limit: limits.wait) ?? .zero
        guard let time = try query.time("asOf") else { return try .json(await services.freshness()) }
        return try .json(FreshnessDocument(await services.sync.freshness(asOf: time, wait: wait)))
    }

    @Sendable private func start(_ request: Request, _ context: SocketContext) async throws -> Response {
        try await services.administrators.require(.sync, of: context.peer)
        let body = try await request.document(SyncRequest.self)
        let full = body.full ?? false
        let dryRun = body.dryRun ?? false
        try await services.record(
            .syncRequested,
            by: context.peer,
            details: ["full": String(full), "dryRun": String(dryRun)]
        )
        let run = await services.sync.requestSync(full: full, dryRun: dryRun)
        return try .json(
            SyncRunDocument(run),
            status: .accepted,
            headers: [.location: Routes.fill(Routes.Admin.sync, run.id)]
        )
    }

    @Sendable private func show(_ request: Request, _ context: SocketContext) async throws -> Response {
        try await services.administrators.require(.sync, of: context.peer)
        let query = try QueryParameters(request.uri)
        let run = await services.sync.syncRun(
            try context.path("id"),
            after: try query.integer("after", in: 0...Int.max),
            wait: try query.duration("wait", limit: limits.wait) ?? .zero
        )
        guard let run else { throw Refusal.notFound("There is no sync of this id, or it ended long ago.") }
        return try .json(SyncRunDocument(run))
    }
}
