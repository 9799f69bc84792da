import Foundation
import LatchkeyTesting
import LocalAPI
import LocalClient
import Testing

/// Who sees full values: who may, says why, and is written down. What only the person knows is seen by nobody.
@Suite("Full values and administrators, with the real daemon")
struct RevealTests {
    private static let address = "zebra.private@mail.example"
    private static let number = "+12025550142"
    private static let answers = ["pet": "Frau Müller", "street": "Long Lane"]
    private static let values = [address, "zebra.private", number, "2025550142", "202 555 0142"]

    /// root has every capability but `reveal` and `vault`; daemon has all; bin reveals staff only.
    private static let options = DaemonOptions.with {
        $0.policies = """
              - name: everybody
                methods: [authenticator, mobile-phone, alternate-phone, office-phone, email, security-questions,
                          recovery-codes]
                register: { minimum: 2 }
                reset: { gates: 2 }
                questions:
                  register: 2
                  answer: 2
                  bank: [{ id: pet, text: "The pet?" }, { id: street, text: "The street?" }]
            """
        $0.sections = """
            administrators:
              - { user: root, may: [look-up, unlock, sync, audit, send-reset, issue-pass, edit-methods, import, release] }
              - { user: daemon, may: [all] }
              - { user: bin, may: [look-up, reveal], over: [staff] }
            """
    }

    /// What the owner was shown once.
    private struct Shown {
        var token: String
        var secret: String
        var codes: [String]
    }

    private static func registers(_ portal: PortalClient) async throws -> Shown {
        let token = try await portal.enrol("alice", address: address, number: number)
        _ = try await portal.setAnswers(answers, token: token)
        let app = try await portal.addMethod(AddMethodRequest(kind: "authenticator"), token: token)
        let paper = try await portal.addMethod(AddMethodRequest(kind: "recovery-codes"), token: token)
        return Shown(token: token, secret: try #require(app.secret), codes: try #require(paper.codes))
    }

    @Test("who lacks `reveal` reads no full value, whatever is asked for and by whatever way")
    func helpdesk() async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd, Self.options) { daemon in
                _ = try await Self.registers(daemon.portal)
                let secrets = Secrets(texts: Self.values, codes: [])
                var output = try await Self.everyVerb(daemon)
                output += try await Self.everyRoute(daemon)
                #expect(output.count > 40 && output.contains { $0.contains("•••42") })
                for text in output { #expect(secrets.found(in: text).isEmpty, "\(text)") }

                let refused = try await daemon.control("methods", "list", "alice", "--reveal", "--reason", "curious")
                #expect(refused.status == 1 && refused.errors.contains("reveal"))
                #expect(try await daemon.records(of: "methods.revealed").isEmpty)
                // That a value is there already would tell it as well.
                for value in [Self.number, "+12025550143"] {
                    let entered = try await daemon.control(
                        ["methods", "add", "alice", "mobile-phone", value, "--reason", "a guess"]
                    )
                    #expect(entered.output == "Entered. It counts once alice has proven it.\n", "\(entered)")
                }
            }
        }
    }

    /// What latchkeyctl prints for the helpdesk, for people and for programs.
    private static func everyVerb(_ daemon: DaemonFixture) async throws -> [String] {
        let verbs = [
            ["status"], ["users", "list"], ["users", "show", "alice"], ["users", "search", "zebra"],
            ["users", "search", "0142"], ["methods", "list", "alice"], ["explain", "alice"],
            ["registration", "report"], ["registration", "report", "--csv"], ["audit", "list", "--limit", "1000"],
            ["approvals", "list"], ["freeze", "list"], ["policy", "list"],
            ["vault", "export-user", "alice", "--reason", "curious"], ["vault", "status"],
        ]
        var texts: [String] = []
        for verb in verbs {
            for options in [[], ["--json"]] where options.isEmpty || !verb.contains("--csv") {
                let outcome = try await daemon.control(options + verb)
                texts += [outcome.output, outcome.errors]
            }
        }
        return texts
    }

    /// What the socket answers to the helpdesk on everything that is about one person.
    private static func everyRoute(_ daemon: DaemonFixture) async throws -> [String] {
        let reason = try APIJSON.encode(ReasonRequest(reason: "curious"))
        let posts = [
            Routes.Admin.userReveals, Routes.Admin.userExports, Routes.Admin.userConfirmations,
            Routes.Admin.unlocks, Routes.Admin.userRevocations,
        ]
        let gets = [
            Routes.Admin.user, Routes.Admin.userMethods, Routes.Admin.explanation, Routes.Admin.userReveals,
            Routes.Admin.userExports,
        ]
        let admin = PortalClient(socketPath: daemon.folder.adminSocket, spool: daemon.spool)
        var texts: [String] = []
        for path in posts {
            let answer = try await admin.send("POST", Routes.fill(path, "alice"), body: reason)
            texts.append("\(answer.status) " + String(decoding: answer.body, as: UTF8.self))
        }
        for path in gets {
            let answer = try await admin.send("GET", Routes.fill(path, "alice"))
            texts.append("\(answer.status) " + String(decoding: answer.body, as: UTF8.self))
        }
        return texts
    }

    @Test("who has it says why, sees numbers and addresses, and the audit says who saw whom and why")
    func revealed() async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd, Self.options) { daemon in
                _ = try await Self.registers(daemon.portal)
                let silent = try await daemon.control(as: 1, "methods", "list", "alice", "--reveal")
                let blank = try await daemon.control(as: 1, "methods", "list", "alice", "--reveal", "--reason", " ")
                for refused in [silent, blank] {
                    #expect(
                        refused.status != 0 && Secrets(texts: Self.values, codes: []).found(in: refused.output) == []
                    )
                }
                #expect(try await daemon.records(of: "methods.revealed").isEmpty)
                let seen = try await daemon.control(as: 1, "methods", "list", "alice", "--reveal", "--reason", "4711")
                #expect(seen.output.contains(Self.number) && seen.output.contains(Self.address), "\(seen.errors)")
                let records = try await daemon.records(of: "methods.revealed")
                let alice = try await daemon.document(UserDocument.self, "users", "show", "alice")
                #expect(records.map(\.details["why"]) == ["4711"] && records.map(\.actor.uid) == [1])
                #expect(records.map(\.subject) == [alice.id])

                // Over some roles only: of staff, and not even whether there is anybody else.
                let staff = try await daemon.control(as: 2, "methods", "list", "bob", "--reveal", "--reason", "4712")
                #expect(staff.status == 0, "\(staff.errors)")
                let other = try await daemon.control(as: 2, "methods", "list", "carol", "--reveal", "--reason", "4713")
                let none = try await daemon.control(as: 2, "methods", "list", "nobody", "--reveal", "--reason", "4713")
                #expect(other.status == 1 && other.errors == none.errors)
            }
        }
    }

    @Test("answers, seeds, recovery codes and delivered codes are read by nobody, whatever they may do")
    func nobody() async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd, Self.options) { daemon in
                let portal = daemon.portal
                let shown = try await Self.registers(portal)
                let email = try #require(
                    try await portal.registration(shown.token).methods.first { $0.kind == "email" }
                )
                let newest = daemon.spool.newest
                _ = try await portal.openChallenge(email.id, token: shown.token)
                let code = try await daemon.spool.newestCode(after: newest)
                let own = try await portal.send("GET", Routes.Frontend.registration, token: shown.token)
                var texts = [String(decoding: own.body, as: UTF8.self)]
                let verbs = [
                    ["methods", "list", "alice", "--reveal", "--reason", "r"], ["explain", "alice"],
                    ["vault", "export-user", "alice", "--reason", "r"], ["audit", "list", "--limit", "1000"],
                    ["registration", "report"], ["users", "show", "alice"],
                ]
                for verb in verbs {
                    let outcome = try await daemon.control(as: 1, ["--json"] + verb)
                    #expect(outcome.status == 0, "\(verb): \(outcome.errors)")
                    texts.append(outcome.output)
                }
                #expect(texts.count { $0.contains(Self.number) } == 3, "the search finds what is shown")
                let codes = shown.codes.flatMap { [$0, String($0.drop { $0 != "-" }.dropFirst())] }
                let secrets = Secrets(
                    texts: Self.answers.values + [shown.secret, shown.secret.lowercased()] + codes,
                    codes: [code]
                )
                for text in texts {
                    #expect(secrets.found(in: text).isEmpty && secrets.found(in: text.lowercased()).isEmpty)
                }
            }
        }
    }
}
