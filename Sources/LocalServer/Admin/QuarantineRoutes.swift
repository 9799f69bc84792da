import Audit
import HTTPTypes
import Hummingbird
import Identity
import LocalAPI
import SelfService
import Synchronizer

/// `/quarantine`: removals that wait for an administrator, who needs what a sync needs.
struct QuarantineRoutes: Sendable {
    let services: AdminServices
    let quarantine: any Quarantine

    func add(to routes: inout RouteList) {
        routes.on(.get, Routes.Admin.quarantine, handler: list)
        routes.on(.get, Routes.Admin.quarantineBatch, query: ListQuery.names, handler: show)
        routes.on(.post, Routes.Admin.quarantineRelease, handler: release)
        routes.on(.post, Routes.Admin.quarantineRefuse, handler: refuse)
    }

    @Sendable private func list(_ request: Request, _ context: SocketContext) async throws -> Response {
        try await services.administrators.require(.sync, of: context.peer)
        let items = try await asked { try await $0.batches() }.map(HeldBatchDocument.init)
        return try .json(ListDocument(items: items, next: nil, freshness: await services.freshness()))
    }

    @Sendable private func show(_ request: Request, _ context: SocketContext) async throws -> Response {
        try await services.administrators.require(.sync, of: context.peer)
        let query = try ListQuery(request.uri)
        let id = try batch(context)
        let (batch, page) = try await asked { try await $0.show(id, limit: query.limit, after: query.cursor) }
        try await services.record(
            .personLookedUp,
            by: context.peer,
            details: ["listing": "quarantine", "batch": String(id), "count": String(page.items.count)]
        )
        return try .json(
            HeldBatchPageDocument(
                batch: HeldBatchDocument(batch),
                items: page.items.map(HeldRemovalDocument.init),
                next: page.next,
                freshness: await services.freshness()
            )
        )
    }

    @Sendable private func release(_ request: Request, _ context: SocketContext) async throws -> Response {
        try await services.administrators.require(.sync, of: context.peer)
        let id = try batch(context)
        let body = try await request.document(ReleaseRequest.self)
        let reason = try AdminReason(body.reason).text
        let details = ["batch": String(id), "removals": String(body.removals), "reason": reason]
        let summary = try await decide(.quarantineReleased, details, context) {
            try await $0.release(id, confirm: body.removals)
        }
        return try .json(
            ReleaseDocument(generation: summary.generation, removed: summary.removed, changed: summary.changed)
        )
    }

    @Sendable private func refuse(_ request: Request, _ context: SocketContext) async throws -> Response {
        try await services.administrators.require(.sync, of: context.peer)
        let id = try batch(context)
        let reason = try AdminReason(try await request.document(RefuseRequest.self).reason).text
        let run = try await decide(.quarantineRefused, ["batch": String(id), "reason": reason], context) {
            try await $0.refuse(id)
        }
        return try .json(
            SyncRunDocument(run),
            status: .accepted,
            headers: [.location: Routes.fill(Routes.Admin.sync, run.id)]
        )
    }

    /// The audit has the decision before it takes effect, and once more if it did not take effect.
    private func decide<Value>(
        _ action: AuditAction,
        _ details: [String: String],
        _ context: SocketContext,
        _ body: (any Quarantine) async throws -> Value
    ) async throws -> Value {
        try await services.record(action, by: context.peer, details: details)
        do {
            return try await asked(body)
        } catch {
            try await services.record(action, .refused, by: context.peer, details: details)
            throw error
        }
    }

    private func asked<Value>(_ body: (any Quarantine) async throws -> Value) async throws -> Value {
        do {
            return try await body(quarantine)
        } catch let error as QuarantineError {
            throw Refusal(error)
        }
    }

    private func batch(_ context: SocketContext) throws -> Int64 {
        guard let id = Int64(try context.path("id")) else {
            throw Refusal.notFound("There is no such batch: ids are numbers, as the list shows them.")
        }
        return id
    }
}

extension Refusal {
    init(_ error: QuarantineError) {
        switch error.code {
        case .notFound: self = .notFound(error.detail)
        case .changed: self.init(.quarantineChanged, error.detail, field: "removals")
        case .busy: self = .unavailable(.syncBusy, error.detail)
        default: self.init(.invalidValue, error.detail, field: "cursor")
        }
    }
}

extension HeldBatchDocument {
    init(_ batch: HeldBatch) {
        self.init(
            id: batch.id,
            began: batch.began,
            reason: batch.reason,
            users: batch.users,
            roles: batch.roles,
            memberships: batch.memberships
        )
    }
}

extension HeldRemovalDocument {
    init(_ removal: HeldRemoval) {
        self.init(
            kind: removal.kind.rawValue,
            id: removal.id.description,
            dn: removal.dn,
            member: removal.member,
            reason: removal.reason.rawValue,
            since: removal.since
        )
    }
}
