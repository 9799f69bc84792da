import Delivery
import Foundation
import LatchkeyTesting
import SelfService
import Testing

@Suite struct CommandTransportTests {
    private let scratch: ScratchDirectory
    private let message = OutgoingMessage(
        channel: .voice,
        via: .call,
        to: "+12025550142",
        body: "Key it.",
        code: "4711"
    )

    init() throws { scratch = try ScratchDirectory() }

    private func failure(_ transport: CommandTransport) async throws -> TransportError {
        let error = try await withDeadline {
            await #expect(throws: TransportError.self) { try await transport.deliver(message) }
        }
        let found = try #require(error)
        for secret in ["2025550142", "4711"] { #expect(!found.detail.contains(secret)) }
        return found
    }

    @Test("the program reads the message on its standard input; arguments and environment hold nothing of it")
    func delivery() async throws {
        let script = try scratch.script(
            "call",
            """
            cat > \(scratch.path("input"))
            tr '\\0' '\\n' < /proc/$$/cmdline > \(scratch.path("arguments"))
            env > \(scratch.path("environment"))
            ls /proc/$$/fd | wc -l > \(scratch.path("descriptors"))
            """
        )
        try await CommandTransport([script, "--from", "desk"]).deliver(message, reference: "ref-7")
        let input = try #require(scratch.text("input"))
        let document = try JSONSerialization.jsonObject(with: Data(input.utf8)) as? [String: String]
        let expected = [
            "kind": "voice", "via": "call", "to": "+12025550142", "body": "Key it.", "code": "4711",
            "idempotencyKey": "ref-7",
        ]
        #expect(document == expected)
        let seen = try #require(scratch.text("arguments")) + (scratch.text("environment") ?? "")
        #expect(seen.contains("--from\ndesk"))
        for secret in ["2025550142", "4711", "Key it", "ref-7"] { #expect(!seen.contains(secret)) }
        // Nothing of the daemon's environment, and none of its files: the three of every program, and the shell's own.
        #expect(scratch.text("environment")?.contains("HOME=") == false)
        let descriptors = try #require(scratch.text("descriptors").flatMap { Int($0.filter(\.isNumber)) })
        #expect(descriptors <= 5)
    }

    @Test(
        "0 is taken, 75 and a signal are tried again, all else is refused",
        arguments: [
            ("exit 0", nil), ("exit 75", true), ("exit 1", false), ("exit 69", false), ("kill -9 $$", true),
            ("exec 0<&-; exit 0", nil),
        ] as [(String, Bool?)]
    )
    func statuses(_ script: String, _ isTemporary: Bool?) async throws {
        let transport = CommandTransport([try scratch.script("run", script)])
        guard let isTemporary else { return try await transport.deliver(message) }
        #expect(try await failure(transport).isTemporary == isTemporary)
    }

    @Test("what the program writes goes nowhere, however much it is")
    func output() async throws {
        let script = try scratch.script("run", "head -c 10000000 /dev/zero; head -c 10000000 /dev/zero >&2; cat >&2")
        try await CommandTransport([script]).deliver(message)
    }

    @Test("a program that reads nothing is not waited for by what is written")
    func unread() async throws {
        var long = message
        long.body = String(repeating: "a", count: 1 << 20)
        try await CommandTransport([try scratch.script("run", "exit 0")]).deliver(long)
    }

    @Test("a program that does not end is ended with all it started")
    func deadline() async throws {
        let script = try scratch.script(
            "run",
            """
            trap '' TERM
            sleep 600 & echo $! > \(scratch.path("child"))
            mv \(scratch.path("child")) \(scratch.path("child.pid"))
            wait; wait; sleep 600
            """
        )
        let error = try await failure(CommandTransport([script], timeout: .milliseconds(500)))
        #expect(error.isTemporary && error.detail.contains("did not end"))
        let child = try #require(scratch.text("child.pid").flatMap { Int32($0.filter(\.isNumber)) })
        try await eventually("what it started is gone") { kill(child, 0) != 0 }
    }

    @Test("a program that is not there, or may not be run, is a temporary error that says so")
    func missing() async throws {
        let error = try await failure(CommandTransport([scratch.path("nothing")]))
        #expect(error.isTemporary && error.detail.contains("cannot be started"))
        try "".write(toFile: scratch.path("plain"), atomically: false, encoding: .utf8)
        #expect(try await failure(CommandTransport([scratch.path("plain")])).detail.contains("cannot be started"))
    }
}
