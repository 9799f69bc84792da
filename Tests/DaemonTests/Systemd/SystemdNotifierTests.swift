import Testing

@testable import DaemonRuntime

@Suite("sd_notify")
struct SystemdNotifierTests {
    @Test(
        "each state reaches systemd's socket as one datagram, by path and by abstract name",
        arguments: [false, true]
    )
    func states(abstract: Bool) throws {
        let socket = try NotificationSocket(abstract: abstract)
        let notifier = try SystemdNotifier(environment: socket.environment)
        #expect(notifier.isActive)
        try notifier.ready(status: "serving")
        #expect(socket.next() == "READY=1\nSTATUS=serving")
        try notifier.status("12 people")
        #expect(socket.next() == "STATUS=12 people")
        try notifier.watchdog()
        #expect(socket.next() == "WATCHDOG=1")
        try notifier.stopping()
        #expect(socket.next() == "STOPPING=1")
        #expect(socket.next() == nil)
    }

    @Test("a reload carries the monotonic time that notify-reload asks for")
    func reload() throws {
        let socket = try NotificationSocket(abstract: false)
        try SystemdNotifier(environment: socket.environment).reloading()
        let lines = try #require(socket.next()).split(separator: "\n")
        #expect(lines.first == "RELOADING=1")
        let time = try #require(lines.last?.split(separator: "=").last.flatMap { Int($0) })
        #expect(lines.last?.hasPrefix("MONOTONIC_USEC=") == true && time > 0)
    }

    @Test("a status cannot smuggle in another assignment")
    func newline() throws {
        let socket = try NotificationSocket(abstract: false)
        try SystemdNotifier(environment: socket.environment).status("lost\nSTOPPING=1\r\nMAINPID=1")
        #expect(socket.next() == "STATUS=lost STOPPING=1 MAINPID=1")
    }

    @Test("a long status is cut between characters", arguments: ["a", "é", "€", "🔑"])
    func longStatus(character: String) throws {
        let socket = try NotificationSocket(abstract: false)
        let text = String(repeating: character, count: 5000)
        try SystemdNotifier(environment: socket.environment).status(text)
        let sent = try #require(socket.next()).dropFirst("STATUS=".count)
        #expect(sent.utf8.count <= SystemdNotifier.statusLimit)
        #expect(sent.last == "…" && text.hasPrefix(sent.dropLast()))
        #expect(sent.utf8.count > SystemdNotifier.statusLimit - 8)
    }

    @Test("without NOTIFY_SOCKET nothing is sent and nothing fails", arguments: [[:], ["NOTIFY_SOCKET": ""]])
    func silent(environment: [String: String]) throws {
        let notifier = try SystemdNotifier(environment: environment)
        #expect(!notifier.isActive)
        try notifier.ready(status: "serving")
        try notifier.watchdog()
        try notifier.stopping()
    }

    @Test(
        "a NOTIFY_SOCKET that cannot be one is refused at the start, by name",
        arguments: ["relative/path", "vsock:2:1234", "@", "/" + String(repeating: "x", count: 107)]
    )
    func malformed(name: String) {
        let error = #expect(throws: SystemdError.self) { try SystemdNotifier(environment: ["NOTIFY_SOCKET": name]) }
        #expect(error?.code == .malformedVariable && error?.variable == "NOTIFY_SOCKET")
    }

    @Test("a socket that nobody reads any more is an error, not a wait and not a signal")
    func gone() throws {
        let notifier = try SystemdNotifier(environment: try NotificationSocket(abstract: false).environment)
        let error = #expect(throws: SystemdError.self) { try notifier.watchdog() }
        #expect(error?.code == .sendFailed)
    }

    @Test("a full queue is an error, not a wait")
    func full() throws {
        let socket = try NotificationSocket(abstract: false)
        let notifier = try SystemdNotifier(environment: socket.environment)
        let error = #expect(throws: SystemdError.self) { for _ in 0..<100_000 { try notifier.watchdog() } }
        #expect(error?.code == .sendFailed)
        while socket.next() != nil {}
        try notifier.watchdog()
        #expect(socket.next() == "WATCHDOG=1")
    }
}
