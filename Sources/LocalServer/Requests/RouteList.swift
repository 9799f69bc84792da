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
        var query: Set<String>
        var handler: Handler
    }

    private var entries: [Entry] = []

    /// - Parameter query: the parameters that it knows. Any other is refused, so that a mistyped one is not passed over.
    mutating func on(
        _ method: HTTPRequest.Method,
        _ template: String,
        query: Set<String> = [],
        handler: @escaping Handler
    ) {
        entries.append(Entry(method: method, template: template, query: query, handler: handler))
    }

    /// What there is, for the test that compares it with the OpenAPI document.
    var endpoints: Set<Endpoint> {
        Set(entries.map { Endpoint(method: $0.method.rawValue, path: $0.template, query: $0.query) })
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
            router.on(RouterPath(Self.pattern(entry.template)), method: entry.method) { request, context in
                try QueryParameters.check(request.uri, known: entry.query)
                return try await entry.handler(request, context)
            }
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

/// One method of one path, as it is served.
package struct Endpoint: Sendable, Hashable {
    package var method: String
    /// With `{name}` for one segment.
    package var path: String
    package var query: Set<String>

    package init(method: String, path: String, query: Set<String> = []) {
        self.method = method
        self.path = path
        self.query = query
    }
}
