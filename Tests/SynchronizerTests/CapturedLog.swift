import Logging
import Synchronization

/// The lines that were logged, in their order.
final class CapturedLog: Sendable {
    struct Line: Sendable, Equatable {
        var level: Logger.Level
        var text: String
    }

    private let captured = Mutex<[Line]>([])
    private let named = Mutex<[String]>([])

    var lines: [Line] { captured.withLock { $0 } }
    /// What `incident` said, in their order.
    var incidents: [String] { named.withLock { $0 } }
    /// Without what is only for information.
    var notable: [Line] { lines.filter { $0.level >= .notice } }

    var logger: Logger { Logger(label: "test") { _ in Handler(log: self) } }

    private struct Handler: LogHandler {
        let log: CapturedLog
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            if let incident = event.metadata?["incident"] { log.named.withLock { $0.append("\(incident)") } }
            log.captured.withLock { $0.append(Line(level: event.level, text: "\(event.message)")) }
        }
    }
}
