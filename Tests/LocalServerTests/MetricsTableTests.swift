import Foundation
import LatchkeyTesting
import LocalClient
import Testing

@Suite("What /metrics tells")
struct MetricsTableTests {
    /// One line of the table: name, type, labels, meaning.
    private struct Metric: Hashable, CustomStringConvertible {
        var name: String
        var type: String
        var labels: [String]
        var meaning: String

        var description: String { "\(name) (\(type)) \(labels): \(meaning)" }
    }

    private func table() throws -> [Metric] {
        let page = ExampleService.repository.appending(path: "etc/metrics.md")
        return try String(contentsOf: page, encoding: .utf8).split(separator: "\n").filter { $0.hasPrefix("| `") }.map {
            let cells = $0.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            let labels = cells[2].split(separator: " ").map { $0.filter { $0 != "`" } }
            return Metric(name: cells[0].filter { $0 != "`" }, type: cells[1], labels: labels, meaning: cells[3])
        }
    }

    /// Of an answer: what each metric says of itself, and the labels of its first value.
    private func told(_ text: String) -> [Metric] {
        let lines = text.split(separator: "\n")
        return lines.filter { $0.hasPrefix("# HELP ") }.map { line in
            let words = line.split(separator: " ", maxSplits: 3).map(String.init)
            let type = lines.first { $0.hasPrefix("# TYPE \(words[2]) ") }?.split(separator: " ").last
            let value = lines.first { $0.hasPrefix("\(words[2]){") || $0.hasPrefix("\(words[2]) ") } ?? ""
            let labels = value.matches(of: /([a-z]+)="/).map { String($0.output.1) }
            return Metric(name: words[2], type: String(type ?? ""), labels: labels, meaning: words[3])
        }
    }

    @Test("is a table of all names with their types, labels and meanings, and of no others")
    func table() async throws {
        try await TestSockets.serve { sockets in
            _ = try await sockets.client.send("GET", "/v1/registration")
            let response = try await sockets.admin.send("GET", "/metrics")
            let metrics = told(String(decoding: response.body, as: UTF8.self)).filter { $0.name != "latchkey_test" }
            #expect(try metrics == table())
            #expect(metrics.count > 5)
        }
    }
}
