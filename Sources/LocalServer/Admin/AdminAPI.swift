package import Audit
import Foundation
import Hummingbird
import Identity
import Logging
package import SelfService
package import Synchronizer

/// Everything on the admin socket.
package struct AdminAPI: Sendable {
    static let name = "admin"

    let services: AdminServices
    let quarantine: any Quarantine
    let history: any ChangeHistory
    let examination: any Examination
    let vault: any VaultAdministration
    let policies: any PolicyAdministration
    let reloading: (any ConfigurationReloading)?
    let version: String
    let metrics: RequestMetrics
    let gauges: [Gauge]

    /// - Parameters:
    ///   - administrators: empty lets root and the daemon's own user do everything.
    ///   - version: the daemon's, for `status`.
    ///   - gauges: shown at `/metrics` beside the sockets' and the mirror's own.
    package init(
        people: any AdministrationServices,
        mirror: any MirrorReader,
        sync: any SyncControl,
        quarantine: any Quarantine,
        history: any ChangeHistory,
        examination: any Examination,
        vault: any VaultAdministration,
        policies: any PolicyAdministration,
        reloading: (any ConfigurationReloading)? = nil,
        audit: any AuditLog,
        administrators: [AdministratorGrant],
        version: String,
        metrics: RequestMetrics,
        gauges: [Gauge] = []
    ) {
        services = AdminServices(
            people: people,
            mirror: mirror,
            sync: sync,
            audit: audit,
            administrators: Administrators(administrators)
        )
        self.quarantine = quarantine
        self.history = history
        self.examination = examination
        self.vault = vault
        self.policies = policies
        self.reloading = reloading
        self.version = version
        self.metrics = metrics
        self.gauges = gauges
    }

    /// The administrators of another configuration, from the next request on.
    package func replace(administrators: [AdministratorGrant]) async {
        await services.administrators.replace(administrators)
    }

    /// All that is served.
    package var endpoints: Set<Endpoint> { routes(limits: ConnectionLimits()).endpoints }

    private func routes(limits: ConnectionLimits) -> RouteList {
        var routes = RouteList()
        DocumentRoutes.administration.add(to: &routes)
        let mirror = services.mirror
        HealthRoutes(isReady: { mirror.generation > 0 }).add(to: &routes)
        MetricsRoutes(services: services, metrics: metrics, gauges: gauges).add(to: &routes)
        StatusRoutes(services: services, version: version, limits: limits).add(to: &routes)
        ChangeRoutes(services: services, history: history, limits: limits).add(to: &routes)
        ExaminationRoutes(services: services, examination: examination).add(to: &routes)
        QuarantineRoutes(services: services, quarantine: quarantine).add(to: &routes)
        UserRoutes(services: services).add(to: &routes)
        PersonRoutes(services: services).add(to: &routes)
        MethodRoutes(services: services).add(to: &routes)
        RegistrationReportRoutes(services: services).add(to: &routes)
        ApprovalRoutes(services: services).add(to: &routes)
        RoleRoutes(services: services).add(to: &routes)
        PolicyRoutes(services: services, policies: policies).add(to: &routes)
        AuditRoutes(services: services).add(to: &routes)
        VaultRoutes(services: services, vault: vault).add(to: &routes)
        ReloadRoutes(services: services, reloading: reloading).add(to: &routes)
        return routes
    }

    func router(limits: ConnectionLimits, logger: Logger) -> Router<SocketContext> {
        let routes = routes(limits: limits)
        let administrators = services.administrators
        return routes.router(socket: Self.name, open: HealthRoutes.paths, metrics: metrics, logger: logger) {
            try await administrators.admit($0)
        }
    }
}
