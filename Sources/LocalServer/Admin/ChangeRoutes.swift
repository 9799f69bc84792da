import Audit
import Foundation
import HTTPTypes
import Hummingbird
import LocalAPI
import SelfService
import Synchronizer

/// `/changes`: the feed of what happens, as server-sent events.
struct ChangeRoutes: Sendable {
    let services: AdminServices
    let history: any ChangeHistory
    let limits: ConnectionLimits

    func add(to routes: inout RouteList) {
        routes.on(.get, Routes.Admin.changes, query: ["after", "kinds"], handler: follow)
    }

    @Sendable private func follow(_ request: Request, _ context: SocketContext) async throws -> Response {
        let query = try QueryParameters(request.uri)
        let kinds = try Self.kinds(query["kinds"])
        let lastEvent = HTTPField.Name("Last-Event-ID").flatMap { request.headers[$0] }
        let last = try Self.mark(lastEvent, field: "Last-Event-ID")
        let mark = try Self.mark(query["after"], field: "after") ?? last
        let administrators = services.administrators
        let peer = context.peer
        let needed: [AdminCapability] = kinds.map { $0 == .changes ? .lookUp : .sync }
        for capability in needed { try await administrators.require(capability, of: peer, overEverybody: true) }
        if kinds.contains(.changes) {
            try await services.record(.personLookedUp, by: peer, details: ["listing": "changes"])
        }
        let body = ChangeFeedBody(services: services, history: history, kinds: kinds, beat: limits.beat) {
            for capability in needed {
                guard (try? await administrators.require(capability, of: peer)) != nil else { return false }
            }
            return true
        }
        return .events { events in try await body.write(from: mark, to: &events) }
    }

    private static func kinds(_ text: String?) throws(MalformedRequest) -> Set<ChangeFeedBody.Kind> {
        guard let text else { return [.changes] }
        var kinds: Set<ChangeFeedBody.Kind> = []
        for word in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let kind = ChangeFeedBody.Kind(rawValue: String(word)) else {
                throw MalformedRequest("“kinds” is changes, transitions, or both with a comma between.", field: "kinds")
            }
            kinds.insert(kind)
        }
        return kinds
    }

    private static func mark(_ text: String?, field: String) throws(MalformedRequest) -> ChangeMark? {
        guard let text else { return nil }
        guard let mark = ChangeMark(text) else {
            throw MalformedRequest(
                "“\(field)” must be a generation, or the id of an event of this feed.",
                field: field
            )
        }
        return mark
    }
}
