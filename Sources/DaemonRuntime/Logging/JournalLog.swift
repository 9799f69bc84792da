import Foundation
import Glibc
package import Logging

/// Sends each event to the journal as an entry with fields. Without its socket, writes one line for each to standard
/// error: for journald with the priority in front (sd-daemon(3)), for a terminal with the time.
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
    private let socket: JournalSocket?
    private let standardError: Int32

    package init(level: LogLevel, environment: [String: String]) {
        let isJournal = JournalStream.isOpen(environment)
        self.init(level: level, isJournal: isJournal, socket: isJournal ? JournalSocket() : nil)
    }

    /// - Parameter isJournal: whether standard error goes to journald.
    init(level: LogLevel, isJournal: Bool, socket: JournalSocket?, standardError: Int32 = STDERR_FILENO) {
        self.level = level
        self.standardError = standardError
        self.isJournal = isJournal
        self.socket = socket
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        let message = "\(event.message)"
        let metadata = metadata.merging(event.metadata ?? [:]) { $1 }
        if let socket {
            let entry = Self.entry(level: event.level, message: message, metadata: metadata)
            if socket.send(entry.bytes) { return }
        }
        let line = Self.line(level: event.level, message: message, metadata: metadata, time: isJournal ? nil : Date())
        // One write(2): lines of different threads do not mix.
        let bytes = Array(line.utf8)
        _ = unsafe bytes.withUnsafeBytes { unsafe write(standardError, $0.baseAddress, $0.count) }
    }

    static func entry(level: Logger.Level, message: String, metadata: Logger.Metadata) -> JournalEntry {
        JournalEntry(
            message: text(message, metadata),
            priority: priority(level),
            id: JournalMessage.id(of: message, metadata),
            details: metadata.sorted { $0.key < $1.key }.map { ($0.key, "\($0.value)") }
        )
    }

    /// - Parameter time: nil for journald, which knows it.
    static func line(level: Logger.Level, message: String, metadata: Logger.Metadata, time: Date?) -> String {
        let prefix = time.map { "\($0.formatted(.iso8601)) \(level.rawValue) " } ?? "<\(priority(level))>"
        return "\(prefix)\(text(message, metadata))\n"
    }

    private static func text(_ message: String, _ metadata: Logger.Metadata) -> String {
        let details = metadata.sorted { $0.key < $1.key }.map { " \($0.key)=\(oneLine("\($0.value)"))" }.joined()
        return oneLine(message) + details
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
