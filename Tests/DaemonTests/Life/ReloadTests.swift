import Foundation
import Glibc
import LatchkeyTesting
import LocalAPI
import LocalClient
import Testing

@Suite("Reading the configuration again")
struct ReloadTests {
    private func with(_ body: (DaemonFixture) async throws -> Void) async throws {
        try await withSlapd { slapd in try await withDaemon(slapd) { daemon in try await body(daemon) } }
    }

    private func edit(_ daemon: DaemonFixture, _ text: String, _ replacement: String) throws {
        let file = daemon.folder.configuration
        let before = try String(contentsOfFile: file, encoding: .utf8)
        let after = before.replacing(text, with: replacement)
        #expect(after != before, "there is \(text) to replace")
        try daemon.folder.write(after, to: "latchkey.yaml")
    }

    @Test("a new policy is in force for who begins; a reset under a policy that stays as it was goes on")
    func policies() async throws {
        try await with { daemon in
            _ = try await daemon.portal.enrol("alice", address: "a@mail.example", number: "+1 202 555 0142")
            let token = try await daemon.portal.resetToken("alice")
            try edit(daemon, "name: everybody\n", "name: everyone\n")
            let outcome = try await daemon.control("reload")
            #expect(outcome.status == 0 && outcome.output.contains("in force"), "\(outcome.errors)")
            let list = try await daemon.document(PolicyListDocument.self, "policy", "list")
            #expect(list.items.map(\.name) == ["staff", "everyone"])
            _ = try await daemon.portal.prove(token)
            let written = try await daemon.portal.setPassword("a brand new password", token: token)
            #expect(written.outcome == "applied")
            try edit(daemon, "reset: { gates: 2 }", "reset: { gates: 1 }")
            let late = try await daemon.portal.resetToken("alice")
            #expect(try await daemon.control("reload").status == 0)
            let problem = try await daemon.portal.problem("GET", "/v1/resets/current", token: late)
            #expect(problem.status == 401, "its policy is another one now")
            #expect(try await daemon.portal.startReset("alice").gates.required == 1)
        }
    }

    @Test("a configuration that is wrong is refused whole, with the line, and the old one stays in force")
    func refused() async throws {
        try await with { daemon in
            try edit(daemon, "name: everybody\n", "nmae: everyone\n")
            let outcome = try await daemon.control("reload")
            #expect(outcome.status == 1, "\(outcome.output)")
            #expect(outcome.errors.contains("latchkey.yaml:") && outcome.errors.contains("nmae"), "\(outcome.errors)")
            let list = try await daemon.document(PolicyListDocument.self, "policy", "list")
            #expect(list.items.map(\.name) == ["staff", "everybody"])
            #expect(daemon.log.contains("the one in force stays"))
        }
    }

    @Test("SIGHUP does the same; what is read at a start only is named")
    func signal() async throws {
        try await with { daemon in
            try edit(daemon, "name: everybody\n", "name: everyone\n")
            try edit(daemon, "\nsockets:", "\nsync: { verifyEvery: 2h }\nsockets:")
            Glibc.kill(try #require(daemon.pid), SIGHUP)
            try await eventually("it is in force") {
                try await daemon.document(PolicyListDocument.self, "policy", "list").items.last?.name == "everyone"
            }
            try await eventually("what waits is told") { daemon.log.contains("restart latchkeyd") }
            let outcome = try await daemon.control("--json", "reload")
            let reload = try APIJSON.decode(ReloadDocument.self, from: Data(outcome.output.utf8))
            #expect(reload.needsRestart == ["sync"], "until it is restarted")
        }
    }

    @Test("no request is lost while it is read again and again")
    func underLoad() async throws {
        try await with { daemon in
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        let client = try await LocalConnection.connect(socketPath: daemon.folder.frontendSocket)
                        var lost = 0
                        let body = Data(#"{"login":"alice","purpose":"reset"}"#.utf8)
                        for _ in 0..<50 {
                            let status = try await client.send("POST", "/v1/resets", body: body).status
                            if status != 201 && status != 429 { lost += 1 }
                        }
                        await client.close()
                        return lost
                    }
                }
                group.addTask {
                    var failed = 0
                    for _ in 0..<5 { failed += Int(try await daemon.control("reload").status) }
                    return failed
                }
                for try await lost in group { #expect(lost == 0) }
            }
        }
    }
}
