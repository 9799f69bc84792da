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

    /// Two servers with the same people; in the second alice has another password, and there is also zoe.
    private func withSecond(_ body: (SlapdFixture, SlapdFixture, DaemonFixture) async throws -> Void) async throws {
        try await withSlapd(replica()) { first in
            try await withSlapd(replica(Self.other, and: ["zoe"])) { second in
                try await withDaemon(first) { daemon in try await body(first, second, daemon) }
            }
        }
    }

    private static let other = "alice has another one there"

    private func replica(_ password: String = SlapdFixture.password, and more: [String] = []) -> SlapdOptions {
        let suffix = SlapdOptions().suffix
        let units = ["people", "groups"].map { "dn: ou=\($0),\(suffix)\nobjectClass: organizationalUnit\nou: \($0)\n" }
        let people = (["alice", "bob"] + more).enumerated().map { number, login in
            let word = login == "alice" ? password : SlapdFixture.password
            return SlapdContent.person(login, below: suffix, passwordHash: word)
                + "entryUUID: 00000000-0000-4000-8000-00000000000\(number)\n"
        }
        return SlapdOptions.with { $0.content = (units + people).joined(separator: "\n") }
    }

    private func logins(_ daemon: DaemonFixture) async throws -> [String] {
        let page = try await daemon.document(ListDocument<UserDocument>.self, "users", "list", "--limit", "100")
        return page.items.map(\.login).sorted()
    }

    @Test("another server is followed and asked from then on, without a restart, and the mirror is its")
    func otherServer() async throws {
        try await withSecond { (first, second, daemon) async throws in
            let session = try await daemon.portal.signIn("bob").token
            let pid = daemon.pid
            try edit(daemon, first.uri, second.uri)
            let outcome = try await daemon.control("reload")
            #expect(outcome.status == 0 && !outcome.output.contains("restart"), "\(outcome.output)\(outcome.errors)")
            try await eventually("zoe is mirrored") { try await logins(daemon).contains("zoe") }
            #expect(try await daemon.portal.signIn("alice", Self.other).token != "")
            try await second.modify("dn: \(second.person("zoe"))\nchangetype: delete\n")
            try await eventually("and followed") { try await !logins(daemon).contains("zoe") }
            #expect(daemon.pid == pid)
            // The session goes on.
            _ = try await daemon.portal.registration(session)
        }
    }

    @Test("a directory of other people takes nobody away: who is missing there is held")
    func otherPeople() async throws {
        try await withSlapd { foreign in
            try await withSecond { (first, _, daemon) async throws in
                try edit(daemon, first.uri, foreign.uri)
                #expect(try await daemon.control("reload").status == 0)
                try await eventually("the others are there") { try await logins(daemon).contains("carol") }
                #expect(try await logins(daemon).count(where: { $0 == "bob" }) == 2)
                #expect(try await daemon.control("quarantine", "list").output.contains("2"))
            }
        }
    }

    @Test("servers that nobody reaches: the mirror stays, a reload back ends it at once")
    func awayAndBack() async throws {
        try await withSecond { (first, _, daemon) async throws in
            let before = try await logins(daemon)
            let nobody = "ldap://127.0.0.1:\(try RefusedPort.make())"
            try edit(daemon, first.uri, nobody)
            #expect(try await daemon.control("reload").status == 0)
            try await eventually("it is told") { try await daemon.control("status").output.contains("failed") }
            #expect(try await logins(daemon) == before)
            try edit(daemon, nobody, first.uri)
            #expect(try await daemon.control("reload").status == 0)
            try await eventually("it is live") { try await daemon.control("status").output.contains("live") }
            #expect(try await logins(daemon) == before)
        }
    }

    @Test("a bind password that was changed in its file is used; one that cannot be read refuses the whole")
    func bindPassword() async throws {
        try await with { daemon in
            try daemon.folder.write("wrong", to: "bind-password")
            #expect(try await daemon.control("reload").status == 0)
            try await eventually("it is refused") { try await daemon.control("status").output.contains("failed") }
            try FileManager.default.removeItem(atPath: daemon.folder.bindPassword)
            let outcome = try await daemon.control("reload")
            #expect(outcome.status == 1 && outcome.errors.contains("bind.password"), "\(outcome.errors)")
            try daemon.folder.write(SlapdFixture.password, to: "bind-password")
            #expect(try await daemon.control("reload").status == 0)
            try await eventually("it is live") { try await daemon.control("status").output.contains("live") }
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
