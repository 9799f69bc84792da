/// A value that is read when somebody asks for the metrics.
package struct Gauge: Sendable {
    /// As in the Prometheus data model: `latchkey_…`, with its unit at the end.
    package var name: String
    package var help: String
    package var read: @Sendable () async -> Double?

    package init(name: String, help: String, read: @escaping @Sendable () async -> Double?) {
        self.name = name
        self.help = help
        self.read = read
    }
}
