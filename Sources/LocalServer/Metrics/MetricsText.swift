/// The Prometheus text format, version 0.0.4.
struct MetricsText {
    static let contentType = "text/plain; version=0.0.4; charset=utf-8"
    private(set) var text = ""

    mutating func add(_ gauge: Gauge) async {
        guard let value = await gauge.read() else { return }
        head(gauge.name, help: gauge.help, type: "gauge")
        text += "\(gauge.name) \(value)\n"
    }

    mutating func add(_ requests: RequestMetrics) {
        let values = requests.snapshot().map { (Self.labels($0.key), $0.value) }.sorted { $0.0 < $1.0 }
        head("latchkey_requests_total", help: "Answers on the sockets.", type: "counter")
        for (labels, value) in values { text += "latchkey_requests_total{\(labels)} \(value.count)\n" }
        head("latchkey_request_seconds_total", help: "Time spent on answers.", type: "counter")
        for (labels, value) in values { text += "latchkey_request_seconds_total{\(labels)} \(value.seconds)\n" }
    }

    private mutating func head(_ name: String, help: String, type: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }

    private static func labels(_ key: RequestMetrics.Key) -> String {
        "socket=\"\(key.socket)\",route=\"\(key.route)\",method=\"\(key.method)\",status=\"\(key.status)\""
    }
}
