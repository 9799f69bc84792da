import Foundation
import Hummingbird
import Identity
import LocalAPI
import SelfService
import Synchronizer

/// `/metrics`.
struct MetricsRoutes: Sendable {
    let services: AdminServices
    let metrics: RequestMetrics
    let gauges: [Gauge]

    func add(to routes: inout RouteList) {
        routes.on(.get, Routes.metrics, handler: show)
    }

    @Sendable private func show(_ request: Request, _ context: SocketContext) async throws -> Response {
        try await services.administrators.require(.lookUp, of: context.peer)
        let status = await services.sync.status()
        let freshness = await services.sync.freshness()
        var text = MetricsText()
        let own = [
            Gauge(name: "latchkey_users", help: "People in the mirror.") { Double(status.users) },
            Gauge(name: "latchkey_roles", help: "Roles in the mirror.") { Double(status.roles) },
            Gauge(name: "latchkey_held_removals", help: "Removals in quarantine.") { Double(status.held.removals) },
            Gauge(name: "latchkey_generation", help: "The mirror's generation.") { Double(freshness.generation) },
            Gauge(name: "latchkey_freshness_seconds", help: "Time since the last contact with the directory.") {
                Date.now.timeIntervalSince(freshness.asOf)
            },
        ]
        for gauge in own + gauges { await text.add(gauge) }
        text.add(metrics)
        return .text(text.text, contentType: MetricsText.contentType)
    }
}
