import Audit
import Hummingbird
import LocalAPI
import SelfService

/// `/audit`: the decisions, and whether somebody has tampered with their record.
struct AuditRoutes: Sendable {
    let services: AdminServices

    func add(to routes: inout RouteList) {
        routes.on(.get, Routes.Admin.audit, query: ListQuery.names.union(["after"]), handler: list)
        routes.on(.post, Routes.Admin.auditVerifications, handler: verify)
    }

    /// The cursor is the last record's sequence number; `after` says the same.
    @Sendable private func list(_ request: Request, _ context: SocketContext) async throws -> Response {
        try await services.administrators.require(.audit, of: context.peer)
        let query = try ListQuery(request.uri)
        let after = try Self.position(query)
        // One more than asked for tells whether there is a next page.
        let records = try await reading { try await $0.auditRecords(after: after, limit: query.limit + 1) }
        let page = records.prefix(query.limit)
        let next = records.count > query.limit ? page.last.map { String($0.sequence) } : nil
        let items = page.map(AuditRecordDocument.init)
        return try .json(ListDocument(items: items, next: next, freshness: await services.freshness()))
    }

    private static func position(_ query: ListQuery) throws -> Int64 {
        if let after = try query.parameters.integer("after", in: 0...Int.max) { return Int64(after) }
        guard let cursor = query.cursor else { return 0 }
        guard let sequence = Int64(cursor), sequence >= 0 else {
            throw ServiceError.unknownCursor
        }
        return sequence
    }

    @Sendable private func verify(_ request: Request, _ context: SocketContext) async throws -> Response {
        try await services.administrators.require(.audit, of: context.peer)
        let anchor = try Self.anchor(try await request.document(AuditVerificationRequest.self))
        let found = try await reading { try await $0.verifyAudit(against: anchor) }
        let end = try await reading { try await $0.auditAnchor() }
        try await services.record(
            .auditVerified,
            found.isIntact ? .done : .failed,
            by: context.peer,
            details: ["count": String(found.count)]
        )
        return try .json(
            AuditVerificationDocument(
                intact: found.isIntact,
                count: found.count,
                brokenAt: found.brokenAt,
                anchor: found.anchor?.rawValue,
                end: end?.description
            )
        )
    }

    private static func anchor(_ request: AuditVerificationRequest) throws -> AuditAnchor? {
        guard let text = request.anchor else { return nil }
        guard let anchor = AuditAnchor(text) else {
            throw ServiceError(
                .invalidValue,
                "“anchor” is not one that the log has: NUMBER:64 hexadecimal digits.",
                field: "anchor"
            )
        }
        return anchor
    }

    private func reading<Value>(_ body: (any AuditLog) async throws -> Value) async throws -> Value {
        do {
            return try await body(services.audit)
        } catch {
            throw Refusal.unavailable(.vaultUnavailable, "The audit cannot be read now.")
        }
    }
}
