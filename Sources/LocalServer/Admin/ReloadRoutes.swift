import Audit
import Hummingbird
import LocalAPI
import SelfService

/// `/reloads`: the configuration file is read again.
struct ReloadRoutes: Sendable {
    let services: AdminServices
    let reloading: (any ConfigurationReloading)?

    /// Faults of one answer; more say nothing new.
    private static let faultsMax = 20

    func add(to routes: inout RouteList) {
        routes.on(.post, Routes.Admin.reloads, handler: reload)
    }

    @Sendable private func reload(_ request: Request, _ context: SocketContext) async throws -> Response {
        try await services.administrators.require(.reload, of: context.peer)
        _ = try await request.document(EmptyRequest.self)
        guard let reloading else { throw Refusal.unavailable(.vaultUnavailable, "There is no configuration file.") }
        let waiting: [String]
        do throws(ConfigurationRefused) {
            waiting = try await reloading.reload()
        } catch {
            let faults = error.faults.prefix(Self.faultsMax).joined(separator: "\n")
            throw ServiceError(.invalidValue, "The configuration in force stays:\n\(faults)", field: "configuration")
        }
        return try .json(ReloadDocument(needsRestart: waiting))
    }
}
