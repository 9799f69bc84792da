import Foundation
import LatchkeyTesting
import LocalAPI
import LocalClient
import Testing

/// `LATCHKEY_FUZZ` sets how many requests are made up for each operation, and `LATCHKEY_SEED` which; `make torture` makes
/// up many.
private let examples = ProcessInfo.processInfo.environment["LATCHKEY_FUZZ"].flatMap(Int.init) ?? 8
private let seed = ProcessInfo.processInfo.environment["LATCHKEY_SEED"].flatMap(Int.init) ?? 1

@Suite("Fuzz: schemathesis on the real sockets, by the daemon's own OpenAPI document")
struct SocketFuzzTests {
    @Test("no error of the daemon's own, no answer that is not in the document, nothing accepted that is not")
    func frontend() async throws {
        try await withSockets { daemon in
            try await Self.fuzz(daemon.folder.frontendSocket, of: daemon)
            try await Self.expectHealthy(daemon, "frontend", .frontend)
        }
    }

    @Test("and the same on the admin socket")
    func administration() async throws {
        try await withSockets { daemon in
            try await Self.fuzz(daemon.folder.adminSocket, of: daemon)
            try await Self.expectHealthy(daemon, "admin", .administration)
        }
    }

    /// A daemon whose limits hide nothing, with everything that a front end can ask for.
    private func withSockets(_ body: (DaemonFixture) async throws -> Void) async throws {
        var slapd = SlapdOptions()
        slapd.policy.maxFailure = 200
        try await withSlapd(slapd) { slapd in
            try await withDaemon(slapd, Self.options) { try await body($0) }
        }
    }

    /// Recovery codes are left out: each costs ten slow hashes, which take half a minute without optimization.
    private static let methods = """
        [email, mobile-phone, alternate-phone, office-phone, authenticator, app-notification, security-questions]
        """

    private static var options: DaemonOptions {
        var options = DaemonOptions()
        let questions = """
                questions:
                  register: 2
                  answer: 2
                  bank: [{ id: pet, text: "Your first pet?" }, { id: street, text: "Your first street?" }]
            """
        // Who resets has an address from the directory; who signs in registers for the first time.
        options.policies = """
              - name: staff
                roles: [staff]
                methods: \(methods)
                trustDirectory: [email]
                register: { minimum: 1 }
                reset: { gates: 1 }
            \(questions)
              - name: everybody
                methods: \(methods)
                register: { minimum: 1 }
                reset: { gates: 1 }
            \(questions)
            """
        options.may = "sign-in, register, reset, unlock, reset-link, app-approval, call-answer"
        options.sections = """
            links: { baseURL: "https://account.example.org/reset" }
            limits:
              person: { answersPerChallenge: 20, wrongAnswersPerHour: 100, signInFailures: 100, messagesPerHour: 100000, messagesPerDay: 100000 }
              destination: { messagesPerHour: 100000, messagesPerDay: 100000 }
              frontend: { sessionsPerMinute: 100000 }
              address: { attemptsPerMinute: 100000 }
            """
        return options
    }

    private static func fuzz(_ socket: String, of daemon: DaemonFixture) async throws {
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "fuzz_socket.py").path
        let scratch = daemon.folder.path("fuzz")
        try FileManager.default.createDirectory(atPath: scratch, withIntermediateDirectories: true)
        let environment = [
            "LATCHKEY_FUZZ_PASSWORD=\(SlapdFixture.password)", "LATCHKEY_FUZZ_SPOOL=\(daemon.folder.spool)",
        ]
        let command = [try PythonEnvironment.interpreter, script, socket, scratch, "\(examples)", "\(seed)"]
        let outcome = try await Command("/usr/bin/env", environment + command).run(in: daemon.folder.url)
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    }

    /// What the daemon itself counted: no answer of 500 and above, and most operations got beyond their refusals.
    private static func expectHealthy(
        _ daemon: DaemonFixture,
        _ socket: String,
        _ document: OpenAPIDocument
    ) async throws {
        let client = try await LocalConnection.connect(socketPath: daemon.folder.adminSocket)
        let metrics = String(decoding: try await client.send("GET", Routes.metrics).body, as: UTF8.self)
        await client.close()
        let answers = metrics.split(separator: "\n").filter {
            $0.hasPrefix("latchkey_requests_total{socket=\"\(socket)\"")
        }
        #expect(answers.count > document.operations.count * 2, "little was tried: \(answers.count)")
        // Before it was ready, it said so to the test.
        #expect(answers.filter { $0.contains("status=\"5") && !$0.contains("\"\(Routes.ready)\"") } == [])
        let done = Set(answers.filter { $0.contains("status=\"2") }.map { $0.prefix { $0 != " " } })
        #expect(done.count * 10 > document.operations.count * 5, "\(done.count) of \(document.operations.count)")
        #expect(daemon.isRunning && !daemon.log.contains("of the daemon's own"), "\(daemon.log.suffix(2000))")
    }
}
