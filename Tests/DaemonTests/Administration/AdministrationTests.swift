import Foundation
import LatchkeyTesting
import LocalAPI
import LocalClient
import Testing

@Suite("latchkeyctl for people, with the real daemon")
struct AdministrationTests {
    /// root and daemon do everything; bin looks at staff only.
    private static let options = DaemonOptions.with {
        $0.sections = """
            protected: { roles: [ring-a] }
            administrators:
              - { user: root, may: [all] }
              - { user: daemon, may: [all] }
              - { user: bin, may: [look-up, edit-methods], over: [staff] }
            """
    }

    @Test("somebody who lost everything is helped: shown, removed, let in by a pass, registered again, reported")
    func helped() async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd, Self.options) { daemon in
                let token = try await daemon.portal.enrol(
                    "alice",
                    address: "alice.private@mail.example",
                    number: "+12025550142"
                )
                let masked = try await daemon.control("methods", "list", "alice")
                #expect(masked.output.contains("•••42") && !masked.output.contains("5550142"))
                let shown = try await daemon.control("methods", "list", "alice", "--reveal", "--reason", "which?")
                #expect(shown.output.contains("+12025550142"), "\(shown.errors)")
                let removed = try await daemon.control("methods", "remove", "alice", "--all", "--reason", "lost it")
                #expect(removed.output == "Removed: 2.\n", "\(removed.errors)")
                let dead = try await daemon.portal.problem("GET", Routes.Frontend.registration, token: token)
                #expect(dead.status == 401)
                let notices = try await self.notices(daemon, 2)
                #expect(notices == ["+12025550142", "alice.private@mail.example"])
                try await Self.registersByPass(daemon)
                try await Self.isReported(daemon)
                let audit = try await daemon.control("--json", "audit", "list")
                for word in ["methods.revealed", "which?", "lost it", "registration.reopened", "pass.issued"] {
                    #expect(audit.output.contains(word))
                }
                #expect(try await daemon.document(AuditVerificationDocument.self, "audit", "verify").intact)
            }
        }
    }

    private func notices(_ daemon: DaemonFixture, _ count: Int) async throws -> [String] {
        func found() throws -> [String] {
            try daemon.spool.messages().filter { $0.body.contains("administrator removed") }.map(\.to).sorted()
        }
        try await eventually("\(count) notices") { try found().count == count }
        return try found()
    }

    private static func registersByPass(_ daemon: DaemonFixture) async throws {
        let pass = try await daemon.document(PassDocument.self, "passes", "issue", "alice", "--reason", "id card")
        let request = SignInRequest(login: "alice", accessPass: pass.pass)
        let path = Routes.Frontend.signIns
        let signIn = try await daemon.portal.call(SignInDocument.self, "POST", path, request)
        #expect(
            signIn.registration.state == "incomplete"
                && !signIn.registration.methods.contains { $0.state == "verified" }
        )
        try await daemon.portal.register("email", "new@mail.example", token: signIn.token)
        try await daemon.portal.register("mobile-phone", "+12025550143", token: signIn.token)
        let again = try await daemon.portal.problem("POST", path, request)
        #expect(again.status == 401)
    }

    private static func isReported(_ daemon: DaemonFixture) async throws {
        let report = try await daemon.control("registration", "report", "--csv")
        #expect(report.output.contains("alice,Alice Example,complete,staff,2,true,true,,email"), "\(report.output)")
        #expect(report.output.contains("carol,Carol Example,none,everybody,0,false,false,not-registered,"))
        let required = try await daemon.control("registration", "require", "--role", "staff", "--reason", "review")
        #expect(required.output.hasPrefix("1 to be confirmed"), "\(required.errors)")
        #expect(try await daemon.portal.signIn("alice").registration.state == "reconfirm")
    }

    @Test("a file that is no text or too large is not sent, and latchkeyctl says which of both it is")
    func unreadable() async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd, Self.options) { daemon in
                let file = daemon.folder.path("people.csv")
                let header = Data("login,kind,value\n".utf8)
                // The limit falls inside of a character.
                let large = header + Data(String(repeating: "ü", count: 300 * 1024).utf8)
                for (bytes, sentence) in [(header + Data([0xFF, 0xFE]), "not UTF-8"), (large, "512 KiB")] {
                    try bytes.write(to: URL(fileURLWithPath: file))
                    let refused = try await daemon.control("methods", "import", file, "--partial", "--reason", "new")
                    #expect(refused.status != 0 && refused.errors.contains(sentence), "\(refused.errors)")
                }
                #expect(try await daemon.records(of: "methods.imported").isEmpty)
            }
        }
    }

    @Test("a file is imported line by line, and an address counts once its owner has proven it")
    func imported() async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd, Self.options) { daemon in
                let file = daemon.folder.path("people.csv")
                let csv = "login,kind,value\nbob,email,bob.private@mail.example\nzoe,email,z@mail.example\n"
                try Data(csv.utf8).write(to: URL(fileURLWithPath: file))
                let refused = try await daemon.control("methods", "import", file, "--reason", "new")
                #expect(refused.status == 1 && refused.output.contains("unknown-login"))
                #expect(try await daemon.control("methods", "list", "bob").output == "Nothing is registered.\n")
                let partial = try await daemon.control("methods", "import", file, "--partial", "--reason", "new")
                #expect(partial.output.contains("1 added, 0 present, 1 with errors."))
                let token = try await daemon.portal.signIn("bob").token
                let candidate = try #require(
                    try await daemon.portal.registration(token).methods.first {
                        $0.state == "candidate" && $0.hint.hasPrefix("b")
                    }
                )
                try await daemon.portal.verify(candidate.id, token: token)
                let revealed = try await daemon.control("methods", "list", "bob", "--reveal", "--reason", "check")
                #expect(revealed.output.contains("bob.private@mail.example (verified)"))
            }
        }
    }

    @Test("a protected person needs two administrators, and who may act over some roles learns of nobody else")
    func two() async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd, Self.options) { daemon in
                let freeze = ["freeze", "set", "dave", "--reason", "odd calls"]
                #expect(try await daemon.control(freeze).status == 75)
                let waiting = try await daemon.document(ListDocument<ApprovalDocument>.self, "approvals", "list")
                let id = try #require(waiting.items.first?.id)
                let own = try await daemon.control("approvals", "approve", id)
                #expect(own.status == 1 && own.errors.contains("Another administrator"))
                #expect(try await daemon.control("freeze", "list").output == "Nobody is frozen.\n")
                let second = try await daemon.control(as: 1, ["approvals", "approve", id])
                #expect(second.status == 0, "\(second.errors)")
                #expect(try await daemon.control(freeze).output == "Frozen.\n")
                #expect(try await daemon.control("freeze", "list").output.contains("dave"))
                let within = try await daemon.control(as: 2, ["methods", "list", "bob"])
                #expect(within.status == 0, "\(within.errors)")
                let beyond = try await daemon.control(as: 2, ["methods", "list", "carol"])
                let nobody = try await daemon.control(as: 2, ["methods", "list", "nobody"])
                #expect(beyond.status == 1 && beyond.errors == nobody.errors && !beyond.errors.isEmpty)
                let users = try await daemon.control(as: 2, ["users", "list"])
                #expect(users.output.contains("alice") && !users.output.contains("carol"))
                let lifting = ["freeze", "lift", "alice", "--reason", "x"]
                #expect(try await daemon.control(as: 2, lifting).errors.contains("release"))
            }
        }
    }
}
