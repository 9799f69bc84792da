import Foundation
import LatchkeyTesting
import LocalServer
import Testing

@Suite("latchkeyctl's verbs for people")
struct AdministrationCommandTests {
    @Test(
        "each verb asks the service for what was said, with the reason",
        arguments: [
            ("methods list alice --reveal --reason x", ["reveal", "alice", "x"]),
            ("methods add alice email a@example.net --reason x", ["add", "alice", "email", "a@example.net", "-", "x"]),
            (
                "methods add alice office-phone +12025550100 --extension 12 --reason x",
                ["add", "alice", "office-phone", "+12025550100", "12", "x"]
            ),
            ("methods remove alice m1 --reason x", ["remove", "alice", "m1", "x"]),
            ("methods remove alice --all --reason x", ["remove", "alice", "*", "x"]),
            ("passes issue alice --for 2h --reason x", ["pass", "alice", "7200.0", "x"]),
            ("passes revoke alice --reason x", ["revoke", "alice", "x"]),
            ("freeze set alice --reason x", ["freeze", "alice", "x"]),
            ("password reset alice --reason x", ["send-reset", "alice", "x"]),
            ("limits list alice", ["limits", "alice"]),
            ("limits clear alice --reason x", ["clear-limits", "alice", "x"]),
            ("freeze lift alice --reason x", ["lift", "alice", "x"]),
            ("registration require alice --reason x", ["require", "alice", "x"]),
            ("registration report --role staff --state none", ["report", "staff", "none", "-"]),
            ("approvals approve 0a1b2c3d", ["approve", "0a1b2c3d"]),
            ("approvals refuse 0a1b2c3d", ["refuse", "0a1b2c3d"]),
        ]
    )
    func verbs(line: String, call: [String]) async throws {
        try await TestSockets.serve { sockets in
            let words = line.split(separator: " ").map(String.init)
            let run = await Run.command(words, socket: sockets.adminPath)
            #expect(run.status == 0, "\(run.error)")
            #expect(await sockets.people.calls == [call])
            #expect(!run.out.isEmpty && run.out.split(separator: "\n").allSatisfy { $0.count <= 80 })
        }
    }

    @Test("while a second administrator is needed it says so, and ends with 75")
    func second() async throws {
        try await TestSockets.serve { sockets in
            await sockets.people.protect()
            let words = ["passes", "issue", "alice", "--reason", "x"]
            let run = await Run.command(words, socket: sockets.adminPath)
            #expect(run.status == 75)
            #expect(run.out.contains("latchkeyctl approvals approve 0a1b2c3d") && !run.out.contains("ABCD"))
            let raw = await Run.command(["--json"] + words, socket: sockets.adminPath)
            #expect(raw.status == 75 && raw.out.contains("\"state\":\"pending\""))
        }
    }

    @Test("a pass is printed once, and a reason and a value are asked for on a terminal")
    func asked() async throws {
        try await TestSockets.serve { sockets in
            let pass = await Run.command(["passes", "issue", "alice"], socket: sockets.adminPath, answer: "typed")
            #expect(pass.out.contains("ABCD-EFGH-IJKL-MNOP"))
            _ = await Run.command(["methods", "add", "alice", "email"], socket: sockets.adminPath, answer: "typed")
            #expect(
                await sockets.people.calls == [
                    ["pass", "alice", "-", "typed"], ["add", "alice", "email", "typed", "-", "typed"],
                ]
            )
            let silent = await Run.command(["passes", "issue", "alice"], socket: sockets.adminPath)
            #expect(silent.status == 1 && silent.error.contains("--reason"))
        }
    }

    @Test(
        "what cannot be meant is an error of usage",
        arguments: [
            "methods remove alice --reason x", "methods remove alice m1 --all --reason x",
            "methods list alice --reason x", "registration require --reason x",
            "registration require alice --role staff --reason x", "registration report --state merry",
            "registration report --csv --json", "passes issue alice --for 1x --reason x",
        ]
    )
    func usage(line: String) async throws {
        try await TestSockets.serve { sockets in
            let run = await Run.command(line.split(separator: " ").map(String.init), socket: sockets.adminPath)
            #expect(run.status == 2)
            #expect(await sockets.people.calls.isEmpty)
        }
    }

    @Test("an import sends the file as it is, names the lines that are wrong, and fails for them")
    func importFile() async throws {
        try await TestSockets.serve { sockets in
            let path = sockets.directory.path("people.csv")
            let csv = "login,kind,value\r\nalice,email,\"ä@example.net\"\r\n"
            try Data(csv.utf8).write(to: URL(fileURLWithPath: path))
            let words = ["methods", "import", path, "--partial", "--reason", "x"]
            let run = await Run.command(words, socket: sockets.adminPath)
            #expect(run.status == 1)
            #expect(await sockets.people.calls == [["import", csv, " partial", "x"]])
            #expect(run.out.contains("3     zoe    email  unknown-login") && run.out.contains("1 added, 0 present"))
            #expect(!run.out.contains("alice"))
            let none = await Run.command(
                ["methods", "import", "/nowhere", "--reason", "x"],
                socket: sockets.adminPath
            )
            #expect(none.status == 1 && none.error.contains("cannot be opened"))
        }
    }

    @Test("a role's confirmations are required page by page")
    func role() async throws {
        try await TestSockets.serve { sockets in
            let words = ["registration", "require", "--role", "staff", "--reason", "x"]
            let run = await Run.command(words, socket: sockets.adminPath)
            #expect(run.out == "4 to be confirmed at the next sign-in, 2 passed over.\n")
            #expect(
                await sockets.people.calls == [
                    ["requireRole", "staff", "-", "x"], ["requireRole", "staff", "more", "x"],
                ]
            )
        }
    }

    @Test("a report as CSV quotes what must be quoted")
    func csv() async throws {
        try await TestSockets.serve { sockets in
            let run = await Run.command(["registration", "report", "--csv"], socket: sockets.adminPath)
            let lines = run.out.split(separator: "\n")
            #expect(lines.first == "login,name,registration,policy,methods,canReset,canUnlock,reasons,drift")
            #expect(
                lines.last == "alice,Alice Liddell,incomplete,\"staff, the careful ones\",1,false,false,methods,email"
            )
        }
    }

    @Test("a file larger than the other socket takes is taken here")
    func large() async throws {
        var options = TestSockets.Options()
        options.limits = .administration
        try await TestSockets.serve(options) { sockets in
            let path = sockets.directory.path("people.csv")
            try Data(("login,kind,value\n" + String(repeating: "a,b,c\n", count: 80_000)).utf8)
                .write(to: URL(fileURLWithPath: path))
            let run = await Run.command(["methods", "import", path, "--reason", "x"], socket: sockets.adminPath)
            #expect(run.out.contains("1 added"), "\(run.error)")
        }
    }
}
