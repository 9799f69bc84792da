import Foundation
import Glibc
package import Logging

/// Writes one line for each event to standard error: for journald with the priority in front (sd-daemon(3)),
/// for a terminal with the time.
package struct JournalLog: LogHandler {
    package var logLevel: Logger.Level {
        get { own ?? level.current }
        set { own = newValue }
    }

    package var metadata: Logger.Metadata = [:]
    private let level: LogLevel
    /// Of one logger, where somebody has set it.
    private var own: Logger.Level?
    private let isJournal: Bool

    /// - Parameter isJournal: whether standard error goes to journald (`JOURNAL_STREAM` is set).
    package init(level: LogLevel, isJournal: Bool) {
        self.level = level
        self.isJournal = isJournal
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        let line = Self.line(
            level: event.level,
            message: "\(event.message)",
            metadata: metadata.merging(event.metadata ?? [:]) { $1 },
            time: isJournal ? nil : Date()
        )
        // One write(2): lines of different threads do not mix.
        let bytes = Array(line.utf8)
        _ = unsafe bytes.withUnsafeBytes { unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }

    /// - Parameter time: nil for journald, which knows it.
    static func line(
        level: Logger.Level,
        message: String,
        metadata: Logger.Metadata,
        time: Date?
    ) -> String {
        let details = metadata.sorted { $0.key < $1.key }.map { " \($0.key)=\(oneLine("\($0.value)"))" }.joined()
        let prefix = time.map { "\($0.formatted(.iso8601)) \(level.rawValue) " } ?? "<\(priority(level))>"
        return "\(prefix)\(oneLine(message))\(details)\n"
    }

    /// What comes from outside must not forge a line, or steer a terminal.
    private static func oneLine(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
    }

    /// syslog(3).
    private static func priority(_ level: Logger.Level) -> Int {
        switch level {
        case .trace, .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        case .critical: 2
        }
    }
}
