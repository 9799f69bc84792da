import Foundation
import LatchkeyTesting
import LocalAPI
import LocalClient
import Testing

/// P3, with the example policies as they are shipped.
@Suite("P3: a forgotten password")
struct ForgottenPasswordTests {
    private static let newPassword = "Umbrella-stand"

    private func with(
        _ content: String? = nil,
        _ body: (SlapdFixture, DaemonFixture) async throws -> Void
    ) async throws {
        let options = SlapdOptions.with { $0.content = content }
        try await withSlapd(options) { slapd in
            try await withDaemon(slapd, try ExampleService.forgottenPassword.options) { (daemon) async throws in
                try await body(slapd, daemon)
            }
        }
    }

    @Test("an address, a mail, a link, rules that turn green, and a new password")
    func story() async throws {
        try await with { (slapd, daemon) async throws in
            let portal = daemon.portal
            let before = daemon.spool.newest
            #expect(try await portal.askForLink("alice@example.com") == 202)
            let mail = try await daemon.spool.newestLink("token", after: before)
            #expect(mail.kind == "email" && mail.to == "alice@example.com")
            let token = try #require(mail.link("token"))
            #expect(mail.link == "https://account.example.org/reset#token=\(token)")
            #expect(mail.body.contains("24 h") && mail.code == token, "the token stands there to be pasted, too")
            let reset = try await portal.redeem(token)
            #expect(reset.purpose == "reset" && reset.gates.required == 1 && reset.gates.passed == 1)
            let session = try #require(reset.token)
            try await turnsGreen(portal, session)
            #expect(try await portal.setPassword(Self.newPassword, token: session).outcome == "applied")
            #expect(try await slapd.bind(slapd.person("alice"), Self.newPassword) == 0)
            let told = try await daemon.spool.newestLink("notme", after: before)
            #expect(told.to == "alice@example.com" && told.subject == "Your password was changed")
        }
    }

    /// What is asked for each letter that is typed.
    private func turnsGreen(_ portal: PortalClient, _ token: String) async throws {
        for (typed, green) in [
            ("u", ["lower-case"]), ("U", ["upper-case"]), ("-", ["special"]),
            ("umbrella", ["minimum-length", "lower-case"]),
            ("Umbrella", ["minimum-length", "lower-case", "upper-case"]),
            (Self.newPassword, ["minimum-length", "lower-case", "upper-case", "special"]),
        ] {
            let request = PasswordRequest(password: typed)
            let check = try await portal.call(
                CheckDocument.self,
                "POST",
                Routes.Frontend.passwordChecks,
                token: token,
                request
            )
            let own = check.rules.filter { $0.source == "configuration" && $0.id != "maximum-length" }
            #expect(Set(own.map(\.id)) == ["minimum-length", "lower-case", "upper-case", "special"])
            #expect(Set(own.filter(\.satisfied).map(\.id)) == Set(green), "after \(typed)")
        }
        let weak = PasswordRequest(password: "umbrellastand")
        let refused = try await portal.problem("PUT", Routes.Frontend.password, token: token, weak)
        #expect(refused.status == 422 && refused.reason == "password-too-simple")
    }

    @Test("whoever is asked for, the answer is the same, and only one person's own mailbox hears of it")
    func sameAnswer() async throws {
        let shared = SlapdContent.people(below: "dc=example,dc=com", passwordHash: SlapdFixture.password)
            .replacingOccurrences(of: "mail: bob@example.com", with: "mail: carol@example.com")
        try await with(shared) { (_, daemon) async throws in
            let addresses = ["alice@example.com", "nobody@example.com", "carol@example.com", "ALICE@example.com"]
            var answers: Set<String> = []
            for address in addresses {
                let body = try APIJSON.encode(ResetLinkRequest(email: address))
                let answer = try await daemon.portal.send("POST", Routes.Frontend.resetLinks, body: body)
                let headers = answer.headers.map { "\($0.key): \($0.value)" }.sorted()
                answers.insert("\(answer.status) \(headers) \(answer.body.count)")
            }
            #expect(answers.count == 1, "\(answers)")
            try await eventually("both of Alice's mails are there") { try daemon.spool.messages().count == 2 }
            // The one that several people share is nobody's, and the queue is empty.
            try await eventually("all are carried") {
                try await daemon.control("--json", "audit", "list", "--limit", "100").output.contains(
                    "message.delivered"
                )
            }
            #expect(try daemon.spool.messages().allSatisfy { $0.to == "alice@example.com" })
        }
    }

    @Test("a newer link kills the older one at once, one link works once, and opening the page spends nothing")
    func newerKills() async throws {
        try await with { (_, daemon) async throws in
            let portal = daemon.portal
            let older = try await portal.link("alice@example.com")
            let newer = try await portal.link("alice@example.com")
            let old = try await portal.problem("POST", Routes.Frontend.resets, StartResetRequest(linkToken: older))
            #expect(old.status == 401)
            let wins = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<40 { group.addTask { (try? await portal.redeem(newer)) != nil } }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(wins == 1)
            let foreign = StartResetRequest(linkToken: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
            let unknown = try await portal.problem("POST", Routes.Frontend.resets, foreign)
            #expect(unknown.status == 401 && unknown.detail == old.detail)
        }
    }

    @Test("a link survives a restart, and lives no longer than it says")
    func restarts() async throws {
        try await with { (_, daemon) async throws in
            let link = try await daemon.portal.link("alice@example.com")
            await daemon.kill()
            try await daemon.start()
            _ = try await daemon.portal.redeem(link)
            let late = try await daemon.portal.link("alice@example.com")
            try await daemon.ageLinks(seconds: 24 * 3600)
            let problem = try await daemon.portal.problem(
                "POST",
                Routes.Frontend.resets,
                StartResetRequest(linkToken: late)
            )
            #expect(problem.status == 401)
        }
    }

    @Test("whoever signs in through another system is told by mail that there is nothing to reset")
    func elsewhere() async throws {
        let content =
            SlapdContent.people(below: "dc=example,dc=com", passwordHash: SlapdFixture.password) + "\n"
            + SlapdContent.group("single-sign-on", ["uid=erin,ou=people"], below: "dc=example,dc=com")
        try await with(content) { (_, daemon) async throws in
            #expect(try await daemon.portal.askForLink("erin@example.com") == 202)
            let message = try await daemon.spool.message(after: 0)
            #expect(message.to == "erin@example.com" && message.link == nil && message.code == nil)
            #expect(message.body.contains("You sign in with the account of your company."))
        }
    }

    @Test("this was not me: one request stops everything until the helpdesk lifts it")
    func notMe() async throws {
        try await with { (slapd, daemon) async throws in
            let portal = daemon.portal
            let session = try #require(try await portal.redeem(portal.link("alice@example.com")).token)
            let before = daemon.spool.newest
            _ = try await portal.setPassword(Self.newPassword, token: session)
            let notice = try await daemon.spool.newestLink("notme", after: before)
            let waiting = try await portal.link("alice@example.com")
            let word = RepudiationRequest(token: try #require(notice.link("notme")))
            for _ in 1...2 {
                let answer = try await portal.send("POST", Routes.Frontend.repudiations, body: try APIJSON.encode(word))
                #expect(answer.status == 204, "saying it twice is no error")
            }
            let dead = StartResetRequest(linkToken: waiting)
            #expect(try await portal.problem("POST", Routes.Frontend.resets, dead).status == 401)
            let count = try daemon.spool.messages().count
            #expect(try await portal.askForLink("alice@example.com") == 202)
            #expect(try await daemon.control("freeze", "list").output.contains("alice"))
            #expect(try await daemon.control("freeze", "lift", "alice", "--reason", "spoke with her").status == 0)
            _ = try await portal.redeem(portal.link("alice@example.com"))
            // Only what came after the lifting: the one before it went to nobody.
            let links = try daemon.spool.messages().dropFirst(count).filter { $0.link != nil }
            #expect(links.count == 1)
            let stranger = RepudiationRequest(token: waiting)
            #expect(try await portal.problem("POST", Routes.Frontend.repudiations, stranger).status == 401)
        }
    }

    @Test("the helpdesk begins a reset and sees neither link nor password")
    func helpdesk() async throws {
        try await with { (slapd, daemon) async throws in
            let before = daemon.spool.newest
            let sent = try await daemon.control("password", "reset", "alice", "--reason", "ticket 4711")
            #expect(sent.status == 0, "\(sent.errors)")
            let mail = try await daemon.spool.newestLink("token", after: before)
            let token = try #require(mail.link("token"))
            #expect(!sent.output.contains(token) && !sent.output.contains("alice@example.com"))
            let session = try #require(try await daemon.portal.redeem(token).token)
            #expect(try await daemon.portal.setPassword(Self.newPassword, token: session).outcome == "applied")
            let audit = try await daemon.control("--json", "audit", "list", "--limit", "100").output
            #expect(audit.contains("reset-link.requested") && audit.contains("ticket 4711") && !audit.contains(token))
            #expect(try await daemon.control("password", "reset", "nobody", "--reason", "x").status == 1)
        }
    }
}
