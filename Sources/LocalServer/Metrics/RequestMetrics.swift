import HTTPTypes
import Synchronization

/// Counts answers. The labels are bounded: routes are templates, methods and statuses are few.
package final class RequestMetrics: Sendable {
    struct Key: Hashable {
        var socket: String
        var route: String
        var method: String
        var status: Int
    }

    struct Value {
        var count = 0
        var seconds = 0.0
    }

    private let values = Mutex<[Key: Value]>([:])
    private static let methods: Set<String> = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

    package init() {}

    func count(socket: String, route: String, method: HTTPRequest.Method, status: Int, took: Duration) {
        let name = Self.methods.contains(method.rawValue) ? method.rawValue : "other"
        let key = Key(socket: socket, route: route, method: name, status: status)
        values.withLock { values in
            values[key, default: Value()].count += 1
            values[key, default: Value()].seconds += took / .seconds(1)
        }
    }

    func snapshot() -> [Key: Value] { values.withLock { $0 } }
}
