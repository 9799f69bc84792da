import AdminCommands
import Foundation
import LatchkeyTesting
import Synchronization
import Testing

@Suite("latchkeyctl policy")
struct PolicyCommandTests {
    private final class Printed: Sendable {
        private let state = Mutex(("", ""))
        var out: String { state.withLock { $0.0 } }
        var error: String { state.withLock { $0.1 } }

        func run(_ arguments: [String], socket: String) async -> Int32 {
            var console = Console(
                out: { text in self.state.withLock { $0.0 += text } },
                error: { text in self.state.withLock { $0.1 += text } }
            )
            console.environment = ["LATCHKEY_ADMIN_SOCKET": socket]
            return await AdminProgram.run(arguments, on: console)
        }
    }

    @Test("a simulation names those who would lose something, and sums all pages up")
    func simulate() async throws {
        try await TestSockets.serve { sockets in
            let file = sockets.directory.path("new.yaml")
            try Data("policies: []".utf8).write(to: URL(filePath: file))
            let printed = Printed()
            #expect(await printed.run(["policy", "simulate", file], socket: sockets.adminPath) == 0)
            #expect(printed.out.contains("bob"))
            #expect(printed.out.contains("  loses-reset\n    The usable methods pass 1 of the 2 gates.\n"))
            #expect(printed.out.contains("Of 2 people:\n  1 could no longer reset, 0 newly could\n"))
            #expect(printed.out.contains("  0 could no longer unlock, 1 newly could\n"))
            #expect(printed.out.hasSuffix("Nothing was changed.\n"))
            #expect(await sockets.policies.asked.map(\.limit) == [1000, 1000])
            let json = Printed()
            #expect(await json.run(["--json", "policy", "simulate", file], socket: sockets.adminPath) == 0)
            #expect(json.out.split(separator: "\n").count == 2)
        }
    }

    @Test("a file that cannot be read, or has a fault, is told and ends with 1")
    func faults() async throws {
        try await TestSockets.serve { sockets in
            let printed = Printed()
            #expect(await printed.run(["policy", "simulate", "/no/such/file"], socket: sockets.adminPath) == 1)
            #expect(printed.error == "latchkeyctl: /no/such/file cannot be read.\n")
            let file = sockets.directory.path("wrong.yaml")
            try Data("wrong".utf8).write(to: URL(filePath: file))
            let wrong = Printed()
            #expect(await wrong.run(["policy", "simulate", file], socket: sockets.adminPath) == 1)
            #expect(wrong.error.contains("configuration:1:1: expected keys and values"))
        }
    }

    @Test("the list says what each policy asks for, and how many people it matches")
    func list() async throws {
        try await TestSockets.serve { sockets in
            let printed = Printed()
            #expect(await printed.run(["policy", "list"], socket: sockets.adminPath) == 0)
            let lines = printed.out.split(separator: "\n").map(String.init)
            #expect(lines[0] == "POLICY  ROLES  REGISTER     GATES         PEOPLE")
            #expect(lines[1] == "staff   staff  2, 1 strong  2 / 1 unlock  41")
            #expect(lines[2] == "3 people are under no policy and are offered nothing.")
        }
    }
}
