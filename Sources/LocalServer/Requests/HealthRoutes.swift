import Hummingbird
import LocalAPI

/// `/health` and `/ready`: open to everybody who can connect.
struct HealthRoutes: Sendable {
    static let paths: Set<String> = [Routes.health, Routes.ready]
    let isReady: @Sendable () -> Bool

    func add(to routes: inout RouteList) {
        let isReady = isReady
        routes.on(.get, Routes.health) { _, _ in try .json(HealthDocument(status: "ok")) }
        routes.on(.get, Routes.ready) { _, _ in
            guard isReady() else {
                throw Refusal.unavailable(.notReady, "There is no complete copy of the directory yet.")
            }
            return try .json(HealthDocument(status: "ready"))
        }
    }
}
