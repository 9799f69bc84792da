import AdminCommands
import Foundation
import Identity
import LatchkeyTesting
import LocalAPI
import LocalClient
import SelfService
import Synchronization
import Synchronizer
import Testing

/// What a command printed, and how it ended.
struct Run {
    var status: Int32
    var out: String
    var error: String

    /// - Parameters:
    ///   - answer: what the person types when asked.
    ///   - buffers: what is printed, while it is.
    static func command(
        _ arguments: [String],
        socket: String,
        answer: String? = nil,
        progress: Bool = false,
        buffers: Buffers = Buffers()
    ) async -> Run {
        var console = Console(out: { buffers.out($0) }, error: { buffers.error($0) })
        console.showsProgress = progress
        console.environment = ["LATCHKEY_ADMIN_SOCKET": socket]
        if let answer { console.ask = { _ in answer } }
        let status = await AdminProgram.run(arguments, on: console)
        let (out, error) = buffers.texts
        return Run(status: status, out: out, error: error)
    }

    final class Buffers: Sendable {
        private let state = Mutex(("", ""))
        func out(_ text: String) { state.withLock { $0.0 += text } }
        func error(_ text: String) { state.withLock { $0.1 += text } }
        var texts: (String, String) { state.withLock { $0 } }
    }
}

@Suite("latchkeyctl")
struct CommandTests {
    @Test(
        "every verb prints the API's document unchanged with --json, before the verb or after it",
        arguments: [
            ("status", "GET", "/v1/admin/status"), ("users list", "GET", "/v1/admin/users?limit=1000"),
            ("users show alice", "GET", "/v1/admin/users/alice"),
            ("users search bo", "GET", "/v1/admin/users?limit=1000&search=bo"),
            ("roles list", "GET", "/v1/admin/roles"), ("roles show staff", "GET", "/v1/admin/roles/staff"),
            ("methods list alice", "GET", "/v1/admin/users/alice/methods"),
            ("explain alice", "GET", "/v1/admin/users/alice/explanation"),
            ("policy list", "GET", "/v1/admin/policies"), ("sync", "GET", "/v1/admin/syncs/s1"),
            ("freeze list", "GET", "/v1/admin/freezes"), ("approvals list", "GET", "/v1/admin/approvals"),
            ("registration report", "GET", "/v1/admin/registrations?limit=1000"),
        ]
    )
    func json(verb: String, method: String, path: String) async throws {
        try await TestSockets.serve { sockets in
            let words = verb.split(separator: " ").map(String.init)
            for arguments in [["--json"] + words, words + ["--json"]] {
                let run = await Run.command(arguments, socket: sockets.adminPath)
                let document = try await sockets.admin.send(method, path)
                #expect(run.status == 0)
                #expect(run.out == String(decoding: document.body, as: UTF8.self) + "\n")
            }
        }
    }

    @Test("status shows the facts in 80 columns")
    func status() async throws {
        try await TestSockets.serve { sockets in
            let run = await Run.command(["status"], socket: sockets.adminPath)
            #expect(run.status == 0)
            #expect(run.out.contains("Strategy       content-sync\n"))
            #expect(run.out.split(separator: "\n").allSatisfy { $0.count <= 80 })
        }
    }

    @Test("users are listed over all pages in columns, and nothing in them steers the terminal")
    func users() async throws {
        let people = (1...1500).map { number in
            SamplePeople.person(
                UInt8(number % 250),
                String(format: "user%04d", number),
                displayName: "\u{1B}[31mEvil \u{202E}name that is far too long for a column",
                roles: []
            )
        }
        var options = TestSockets.Options()
        options.mirror = ListedMirror(people: people)
        try await TestSockets.serve(options) { sockets in
            let run = await Run.command(["users", "list"], socket: sockets.adminPath)
            let lines = run.out.split(separator: "\n")
            #expect(lines.count == 1501)
            #expect(lines.allSatisfy { $0.count <= 80 })
            #expect(!run.out.unicodeScalars.contains { $0.value == 0x1B || $0.value == 0x202E })
            #expect(run.out.contains(#"\u{1b}[31m"#))
            let some = await Run.command(["users", "list", "--limit", "3"], socket: sockets.adminPath)
            #expect(some.out.split(separator: "\n").count == 4)
            let nobody = await Run.command(["users", "search", "zz"], socket: sockets.adminPath)
            #expect(nobody.out == "Nobody.\n")
        }
    }

    @Test("what is not there is exit code 1 with the problem's sentence")
    func refused() async throws {
        try await TestSockets.serve { sockets in
            let run = await Run.command(["users", "show", "nobody"], socket: sockets.adminPath)
            #expect(run.status == 1)
            #expect(run.error == "latchkeyctl: Nobody living bears this login.\n")
            #expect(run.out.isEmpty)
        }
    }

    @Test("people, roles, methods and explanations are shown in plain words")
    func plainWords() async throws {
        try await TestSockets.serve { sockets in
            let path = sockets.adminPath
            let person = await Run.command(["users", "show", "alice"], socket: path)
            #expect(person.out.contains("Roles         everybody, staff\n"))
            let role = await Run.command(["roles", "show", "staff"], socket: path)
            #expect(role.out.contains("alice"))
            #expect(await Run.command(["roles", "list"], socket: path).out.hasPrefix("ROLE "))
            let methods = await Run.command(["methods", "list", "alice"], socket: path)
            #expect(methods.out.contains("•••42"))
            let explanation = await Run.command(["explain", "alice"], socket: path)
            #expect(explanation.out.contains("Can unlock    yes\n"))
            #expect(explanation.out.contains("x One more method is needed for a reset.\n"))
        }
    }

    @Test("the reason for an unlock is the option's, the person's, or the default")
    func unlock() async throws {
        try await TestSockets.serve { sockets in
            let path = sockets.adminPath
            let plain = await Run.command(["unlock", "bob"], socket: path)
            #expect(plain.status == 0)
            #expect(plain.out == "bob is not locked any more.\n")
            _ = await Run.command(["unlock", "bob"], socket: path, answer: "ticket 2")
            _ = await Run.command(["unlock", "bob", "--reason", "ticket 3"], socket: path, answer: "ticket 2")
            #expect(await sockets.people.calls.map { $0[2] } == ["latchkeyctl unlock", "ticket 2", "ticket 3"])
            await sockets.people.fail(with: ServiceError(.tooManyAttempts, "Too often.", retryAfter: 9))
            let limited = await Run.command(["unlock", "bob"], socket: path)
            #expect(limited.status == 75)
            #expect(limited.error == "latchkeyctl: Too often.\nTry again in 9 s.\n")
        }
    }

    @Test("doctor shows each finding with what to do, and ends with 1 where something fails")
    func doctor() async throws {
        try await TestSockets.serve { sockets in
            let fine = await Run.command(["doctor"], socket: sockets.adminPath)
            #expect(
                fine.status == 0 && fine.out.contains("warning  directory.content: ldap://two: none shows mail"),
                "\(fine)"
            )
            #expect(fine.out.contains("Let the service account read it."))
            // To paste: no line is joined to another, or cut.
            #expect(fine.out.contains("\n    # slapd.conf:\n    access to attrs=mail\n      by * read\n"), "\(fine)")
            sockets.examination.find(Finding(.connection, "ldap://three", .failure, "connect: unreachable"))
            let failed = await Run.command(["doctor"], socket: sockets.adminPath)
            #expect(
                failed.status == 1 && failed.out.contains("failure  directory.connection: ldap://three"),
                "\(failed)"
            )
        }
    }

    @Test("sync --watch shows each step and each change as a line, and with --json as its document")
    func watching() async throws {
        for json in [false, true] {
            let run = try await watch(json ? ["sync", "--watch", "--json"] : ["sync", "--watch"]) { out in
                out.contains("alice") && out.contains("does not answer")
            }
            #expect(run.status == 69 && run.error.contains("ended the feed"))
            let lines = run.out.split(separator: "\n").map(String.init)
            if json {
                for event in ["position", "transition", "change"] {
                    #expect(lines.contains { $0.contains("\"event\":\"\(event)\"") }, "\(lines)")
                }
            } else {
                #expect(lines.contains { $0.hasSuffix("stale: ldap://one: does not answer") }, "\(lines)")
                #expect(lines.contains { $0.hasSuffix("generation 8: user alice changed") }, "\(lines)")
            }
        }
    }

    @Test("status --watch shows the status again after a step and after a change")
    func watchingStatus() async throws {
        let run = try await watch(["status", "--watch"]) { $0.components(separatedBy: "Freshness").count > 3 }
        #expect(run.out.components(separatedBy: "Freshness").count >= 3, "\(run.out)")
    }

    /// Watches a daemon that has something to tell and then stops.
    /// - Parameter enough: whether that is all that should be printed.
    private func watch(
        _ arguments: [String],
        until enough: @escaping @Sendable (String) -> Bool
    ) async throws -> Run {
        let ended = Mutex<Run?>(nil)
        try await TestSockets.serve { sockets in
            let step = SyncTransition(
                number: 1,
                at: SamplePeople.time,
                from: .persisting,
                to: .stale,
                cause: .failed,
                text: "ldap://one: does not answer",
                deadline: nil
            )
            await sockets.sync.step(step)
            let path = sockets.adminPath
            let buffers = Run.Buffers()
            let watching = Task { await Run.command(arguments, socket: path, buffers: buffers) }
            try await eventually("the feed has begun") { sockets.history.questions > 1 }
            sockets.history.append([
                LoggedChange(scope: .users, action: .changed, id: SamplePeople.alice.id, name: "alice")
            ])
            try await eventually("enough was shown") { enough(buffers.texts.0) }
            await sockets.stop()
            let run = await watching.value
            ended.withLock { $0 = run }
        }
        return try #require(ended.withLock { $0 })
    }

    @Test("sync --wait-fresh returns when the mirror is fresh, and with exit code 75 when it does not become so")
    func waitFresh() async throws {
        try await TestSockets.serve { sockets in
            let stale = Freshness(asOf: SamplePeople.time, generation: 7, state: .stale)
            let fresh = Freshness(asOf: .distantFuture, generation: 8, state: .live)
            await sockets.sync.script(freshness: [stale, stale, fresh])
            let run = await Run.command(["sync", "--wait-fresh", "20s"], socket: sockets.adminPath)
            #expect(run.status == 0 && run.out.contains("generation 8"), "\(run)")
            #expect(await sockets.sync.requests.isEmpty)
            await sockets.sync.script(freshness: [stale])
            let late = await Run.command(["sync", "--wait-fresh", "30ms"], socket: sockets.adminPath)
            #expect(late.status == 75 && late.error.contains("did not become fresh"))
            let polling = Freshness(asOf: SamplePeople.time, generation: 7, state: .polling)
            await sockets.sync.script(freshness: [polling])
            _ = await Run.command(["sync", "--wait-fresh", "30ms", "--json"], socket: sockets.adminPath)
            #expect(await sockets.sync.requests.count == 1, "a server that is asked at intervals is asked now")
        }
    }

    @Test(
        "options of sync that do not go together are refused",
        arguments: [
            ("--watch --dry-run", "do not go together"), ("--full --wait-fresh 1s", "stands alone"),
            ("--wait-fresh soon", "'soon' is invalid"),
        ]
    )
    func syncOptions(options: String, reason: String) async throws {
        let arguments = ["sync"] + options.split(separator: " ").map(String.init)
        let run = await Run.command(arguments, socket: "/nowhere")
        #expect(run.status == 2 && run.error.contains(reason), "\(run.error)")
    }

    @Test("a sync shows its progress and its result, and a failed one is exit code 1")
    func sync() async throws {
        try await TestSockets.serve { sockets in
            var running = SyncRun(id: "s1", full: true, dryRun: false, phase: .refreshing)
            running.received = 5
            running.expected = 10
            await sockets.sync.script(runs: [running, ScriptedSync.finished])
            let run = await Run.command(["sync", "--full"], socket: sockets.adminPath)
            #expect(run.status == 0)
            #expect(run.error == "waiting\nrefreshing: 5 of about 10 entries\n")
            #expect(run.out == "1 added, 0 changed, 0 removed; the mirror is at generation 8.\n")
            #expect(await sockets.sync.requests.last?.full == true)
            await sockets.sync.script(runs: [running, ScriptedSync.finished])
            let drawn = await Run.command(["sync"], socket: sockets.adminPath, progress: true)
            #expect(drawn.error.contains("\rrefreshing: 5 of about 10 entries"))
            var failed = SyncRun(id: "s1", full: false, dryRun: false, phase: .failed)
            failed.problem = "The server does not answer."
            await sockets.sync.script(runs: [failed])
            let bad = await Run.command(["sync"], socket: sockets.adminPath)
            #expect(bad.status == 1)
            #expect(bad.error.hasSuffix("The sync failed: The server does not answer.\n"))
        }
    }

    @Test("an audit that was tampered with is exit code 1")
    func audit() async throws {
        try await TestSockets.serve { sockets in
            let path = sockets.adminPath
            _ = await Run.command(["users", "show", "alice"], socket: path)
            let list = await Run.command(["audit", "list"], socket: path)
            #expect(list.out.contains("person.looked-up"))
            #expect(await Run.command(["audit", "verify"], socket: path).status == 0)
            await sockets.audit.tamper(at: 1)
            let broken = await Run.command(["audit", "verify"], socket: path)
            #expect(broken.status == 1)
            #expect(broken.out.contains("broken at record 1"))
        }
    }

    @Test("a daemon that is not there is exit code 69, with its socket and what to do")
    func unreachable() async {
        let run = await Run.command(["status", "--socket", "/tmp/no-such-socket"], socket: "/tmp/other")
        #expect(run.status == 69)
        #expect(run.error.contains("/tmp/no-such-socket"))
        #expect(run.error.contains("latchkeyd --doctor"))
    }

    @Test("a mirror without a first copy is exit code 75")
    func later() async throws {
        var options = TestSockets.Options()
        options.mirror = ListedMirror(generation: 0)
        try await TestSockets.serve(options) { sockets in
            #expect(await Run.command(["users", "list"], socket: sockets.adminPath).status == 75)
        }
    }

    @Test(
        "wrong usage is exit code 2",
        arguments: [
            [], ["users"], ["dance"], ["users", "show"], ["users", "list", "--limit", "0"], ["--tea", "status"],
        ]
    )
    func usage(arguments: [String]) async {
        let run = await Run.command(arguments, socket: "/tmp/no-such-socket")
        #expect(run.status == 2)
        #expect(!run.error.isEmpty)
    }

    @Test(
        "every verb's help has examples and is exit code 0",
        arguments: [
            "status", "sync", "users list", "users show", "users search", "roles list", "roles show", "methods list",
            "unlock", "explain", "audit list", "audit verify", "quarantine list", "quarantine show",
            "quarantine release", "quarantine refuse", "policy list", "policy simulate",
        ]
    )
    func help(verb: String) async {
        let run = await Run.command(verb.split(separator: " ").map(String.init) + ["--help"], socket: "/tmp/x")
        #expect(run.status == 0)
        #expect(run.out.contains("latchkeyctl \(verb)"))
        #expect(run.out.contains("Examples:"))
    }
}

@Suite("latchkeyctl vault")
struct VaultCommandTests {
    @Test("says what was done, and what is left of a rotation")
    func texts() async throws {
        try await TestSockets.serve { sockets in
            let socket = sockets.adminPath
            let status = await Run.command(["vault", "status"], socket: socket)
            #expect(status.status == 0 && status.out.contains("complete") && !status.out.contains("former"))
            let backup = await Run.command(["vault", "backup", "/b"], socket: socket)
            #expect(backup.status == 0 && backup.out.contains("/b/vault.sqlite"))
            let refused = await Run.command(["vault", "backup", "/nowhere"], socket: socket)
            #expect(refused.status == 1 && refused.error.contains("is no directory"))
            let rotation = await Run.command(["vault", "rotate-key"], socket: socket)
            #expect(rotation.status == 0 && rotation.out.contains("3 of method") && rotation.out.contains("under way"))
        }
    }

    @Test("exports as JSON, whatever the form, and erases only who was typed twice or with --yes")
    func person() async throws {
        try await TestSockets.serve { sockets in
            let socket = sockets.adminPath
            let export = await Run.command(["vault", "export-user", "alice", "--reason", "asked"], socket: socket)
            let document = try APIJSON.decode(PersonExportDocument.self, from: Data(export.out.utf8))
            #expect(export.status == 0 && document.methods.first?.value != nil)
            let erase = ["vault", "erase-user", "alice", "--reason", "asked"]
            #expect(await Run.command(erase, socket: socket).status == 1)
            #expect(await Run.command(erase, socket: socket, answer: "bob").status == 1)
            #expect(await sockets.vault.calls.map { $0[0] } == ["export"])
            #expect(await Run.command(erase, socket: socket, answer: "alice").status == 0)
            #expect(await Run.command(erase + ["--yes"], socket: socket).status == 0)
            #expect(await Run.command(["vault", "erase-user", "alice"], socket: socket).status == 2, "no reason")
        }
    }
}
