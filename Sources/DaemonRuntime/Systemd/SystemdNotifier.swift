import Glibc

/// Tells systemd how the daemon is doing (sd_notify(3)); does nothing where systemd did not ask to be told.
///
/// The protocol is documented as stable for own implementations: one datagram of `KEY=value` lines to the
/// socket that `NOTIFY_SOCKET` names. No call blocks: a full queue is an error that the caller may try again.
package struct SystemdNotifier: Sendable {
    /// Longer status lines are cut, in bytes of UTF-8.
    package static let statusLimit = 1024

    private let address: NotificationAddress?

    /// - Throws: `SystemdError` where `NOTIFY_SOCKET` is neither a path nor an abstract name (`@…`), or too long.
    package init(environment: [String: String]) throws(SystemdError) {
        guard let name = environment["NOTIFY_SOCKET"], !name.isEmpty else {
            address = nil
            return
        }
        address = try NotificationAddress(name)
    }

    /// Somebody listens: the daemon was started with `Type=notify`.
    package var isActive: Bool { address != nil }

    /// The daemon serves; also ends a reload.
    package func ready(status: String) throws(SystemdError) { try send("READY=1\n" + Self.line(status)) }

    package func stopping() throws(SystemdError) { try send("STOPPING=1") }

    /// A reload has begun; `ready(status:)` ends it. The time is what `Type=notify-reload` asks for (systemd 253).
    package func reloading() throws(SystemdError) {
        var now = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &now)
        try send("RELOADING=1\nMONOTONIC_USEC=\(now.tv_sec * 1_000_000 + now.tv_nsec / 1000)")
    }

    /// The one line that `systemctl status` shows.
    package func status(_ text: String) throws(SystemdError) { try send(Self.line(text)) }

    /// Still alive; due at least once in a `WatchdogInterval`.
    package func watchdog() throws(SystemdError) { try send("WATCHDOG=1") }

    private func send(_ message: String) throws(SystemdError) {
        guard let address else { return }
        try address.send(message)
    }

    /// A newline inside the text would start another assignment, so there is none.
    private static func line(_ text: String) -> String {
        let oneLine = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        guard oneLine.utf8.count > statusLimit else { return "STATUS=" + oneLine }
        var cut = oneLine.prefix(statusLimit)
        while cut.utf8.count > statusLimit - "…".utf8.count { cut.removeLast() }
        return "STATUS=\(cut)…"
    }
}
