import Foundation
import LatchkeyTesting
import LocalClient
import LocalServer
import Logging
import SelfService
import ServiceLifecycle
import Synchronizer

/// Both sockets on real paths, with scripted services behind them.
struct TestSockets: Sendable {
    let frontend = ScriptedFrontend()
    let people = ScriptedAdministration()
    let sync = ScriptedSync()
    let quarantine = ScriptedQuarantine()
    let history = ScriptedHistory()
    let examination = ScriptedExamination()
    let vault = ScriptedVault()
    let policies = ScriptedPolicies()
    let audit = ListedAudit()
    let mirror: ListedMirror
    let directory: TestFolder
    let client: LocalConnection
    let admin: LocalConnection
    /// What the servers say that they serve.
    let frontendEndpoints: Set<Endpoint>
    let adminEndpoints: Set<Endpoint>
    let stop: @Sendable () async -> Void

    var frontendPath: String { directory.path("frontend.sock") }
    var adminPath: String { directory.path("admin.sock") }

    /// What a test may want otherwise.
    struct Options: Sendable {
        var uid = geteuid()
        var may = Set(FrontendCapability.allCases)
        var administrators: [AdministratorGrant] = []
        var mirror = ListedMirror()
        var limits = ConnectionLimits()
        /// The frontend socket, when the test opens it itself.
        var socket: ListeningSocket?
        /// Where to connect when `socket` was inherited and does not know.
        var inheritedPath: String?
        var logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    }

    /// Serves for the time of `body`, then stops gracefully.
    static func serve(
        _ options: Options = Options(),
        _ body: @Sendable (TestSockets) async throws -> Void
    ) async throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        let sockets = try await TestSockets(options, in: folder)
        do {
            try await body(sockets)
            await sockets.stop()
        } catch {
            await sockets.stop()
            throw error
        }
    }

    private init(_ options: Options, in folder: TestFolder) async throws {
        directory = folder
        mirror = options.mirror
        let metrics = RequestMetrics()
        let mirror = options.mirror
        let frontendAPI = FrontendAPI(
            services: frontend,
            sync: sync,
            peers: [FrontendPeer(name: "portal", uid: options.uid, may: options.may)],
            metrics: metrics,
            isReady: { mirror.generation > 0 }
        )
        let adminAPI = AdminAPI(
            people: people,
            mirror: mirror,
            sync: sync,
            quarantine: quarantine,
            history: history,
            examination: examination,
            vault: vault,
            policies: policies,
            audit: audit,
            administrators: options.administrators,
            version: "0.1.0",
            metrics: metrics,
            gauges: [Gauge(name: "latchkey_test", help: "A test's own.") { 42 }]
        )
        let frontendSocket = try options.socket ?? ListeningSocket.bound(path: folder.path("frontend.sock"))
        let adminSocket = try ListeningSocket.bound(path: folder.path("admin.sock"))
        let group = ServiceGroup(
            services: [
                SocketService(serving: frontendAPI, on: frontendSocket, limits: options.limits, logger: options.logger),
                SocketService(serving: adminAPI, on: adminSocket, limits: options.limits, logger: options.logger),
            ],
            logger: options.logger
        )
        let running = Task { try await group.run() }
        let client = try await LocalConnection.connect(socketPath: options.inheritedPath ?? frontendSocket.path)
        let admin = try await LocalConnection.connect(socketPath: adminSocket.path)
        self.client = client
        self.admin = admin
        frontendEndpoints = frontendAPI.endpoints
        adminEndpoints = adminAPI.endpoints
        stop = {
            await group.triggerGracefulShutdown()
            _ = await running.result
            await client.close()
            await admin.close()
        }
    }
}
