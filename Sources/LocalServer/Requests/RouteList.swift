import HTTPTypes
import Hummingbird
import Logging

/// Collects the routes of one socket: Hummingbird's router serves them, and the table tells which methods a
/// path takes, so that a wrong method is not mistaken for an unknown path.
struct RouteList {
    typealias Handler = @Sendable (Request, SocketContext) async throws -> Response

    private struct Entry {
        var method: HTTPRequest.Method
        var template: String
        var handler: Handler
    }

    private var entries: [Entry] = []

    mutating func on(_ method: HTTPRequest.Method, _ template: String, handler: @escaping Handler) {
        entries.append(Entry(method: method, template: template, handler: handler))
    }

    /// - Parameter gate: who may call anything but the open paths.
    func router(
        socket: String,
        open: Set<String>,
        metrics: RequestMetrics,
        logger: Logger,
        gate: @escaping PeerGate.Rule
    ) -> Router<SocketContext> {
        let router = Router(context: SocketContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: ProblemAnswers(socket: socket, table: table, metrics: metrics, logger: logger))
        router.add(middleware: PeerGate(open: open, rule: gate))
        for entry in entries {
            router.on(RouterPath(Self.pattern(entry.template)), method: entry.method, use: entry.handler)
        }
        return router
    }

    private var table: MethodTable {
        var methods: [String: Set<String>] = [:]
        for entry in entries { methods[entry.template, default: []].insert(entry.method.rawValue) }
        return MethodTable(methods)
    }

    /// `/users/{login}` is `/users/:login` for Hummingbird.
    private static func pattern(_ template: String) -> String {
        template.replacing("{", with: ":").replacing("}", with: "")
    }
}
