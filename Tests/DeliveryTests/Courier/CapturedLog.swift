import Logging
import Synchronization

/// Everything that a courier writes.
final class CapturedLog: Sendable {
    private let content = Mutex("")

    var text: String { content.withLock { $0 } }

    var logger: Logger { Logger(label: "test", factory: { _ in Handler(log: self) }) }

    private struct Handler: LogHandler {
        let log: CapturedLog
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            log.content.withLock { $0 += "\(event.message) \(event.metadata ?? [:])\n" }
        }
    }
}
