import Hummingbird
import Logging
package import SelfService
package import Synchronizer

/// Everything on the front-end socket.
package struct FrontendAPI: Sendable {
    static let name = "frontend"

    let services: any FrontendServices
    let sync: any SyncControl
    let frontends: Frontends
    let isReady: @Sendable () -> Bool
    let metrics: RequestMetrics

    /// - Parameters:
    ///   - peers: the front ends of the configuration.
    ///   - isReady: whether a complete copy of the directory exists.
    ///   - metrics: shared with the admin socket, which shows them.
    package init(
        services: any FrontendServices,
        sync: any SyncControl,
        peers: [FrontendPeer],
        metrics: RequestMetrics,
        isReady: @escaping @Sendable () -> Bool
    ) {
        self.services = services
        self.sync = sync
        self.metrics = metrics
        self.isReady = isReady
        frontends = Frontends(peers)
    }

    /// The front ends of another configuration, from the next request on.
    package func replace(peers: [FrontendPeer]) { frontends.replace(peers) }

    /// All that is served.
    package var endpoints: Set<Endpoint> { routes(limits: ConnectionLimits()).endpoints }

    private func routes(limits: ConnectionLimits) -> RouteList {
        var routes = RouteList()
        DocumentRoutes.frontend.add(to: &routes)
        HealthRoutes(isReady: isReady).add(to: &routes)
        SignInRoutes(services: services, sync: sync, frontends: frontends).add(to: &routes)
        RegistrationRoutes(services: services, frontends: frontends).add(to: &routes)
        let wait = ChallengeWait(limits: limits)
        RegistrationChallengeRoutes(services: services, frontends: frontends, wait: wait).add(to: &routes)
        ResetRoutes(services: services, frontends: frontends).add(to: &routes)
        ResetChallengeRoutes(services: services, frontends: frontends, wait: wait).add(to: &routes)
        RemoteAnswerRoutes(services: services, frontends: frontends).add(to: &routes)
        LinkRoutes(services: services, frontends: frontends).add(to: &routes)
        return routes
    }

    func router(limits: ConnectionLimits, logger: Logger) -> Router<SocketContext> {
        let routes = routes(limits: limits)
        let frontends = frontends
        return routes.router(socket: Self.name, open: HealthRoutes.paths, metrics: metrics, logger: logger) {
            _ = try frontends.peer($0)
        }
    }
}
