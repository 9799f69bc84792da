import Foundation
import LatchkeyTesting
import LocalAPI
import LocalClient
import Testing

/// What the standards and other products' failures ask of resets, where no other test says it.
@Suite("References that concern resets")
struct ResetReferenceTests {
    private static let boxes = ["alice.private@mail.example", "alice.second@mail.example"]
    private static let typed = "alice@example.com"

    private static let options = DaemonOptions.with {
        $0.policies = """
              - name: everybody
                methods: [email, mobile-phone]
                register: { minimum: 2 }
                reset: { gates: 2 }
            """
        $0.may = "sign-in, register, reset, reset-link"
        $0.sections = #"links: { baseURL: "https://account.example.org/reset" }"#
    }

    private func with(_ body: (SlapdFixture, DaemonFixture) async throws -> Void) async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd, Self.options) { (daemon) async throws in
                let token = try await daemon.portal.enrol("alice", address: Self.boxes[0], number: "+12025550142")
                try await daemon.portal.register("email", Self.boxes[1], token: token)
                try await body(slapd, daemon)
            }
        }
    }

    @Test(
        "EDB-51275, CVE-2023-49097, CVE-2025-64101: whatever a caller says of hosts, a link leads where it is configured"
    )
    func hosts() async throws {
        try await with { (_, daemon) async throws in
            let evil = "evil.example"
            let headers = [
                ("Host", evil), ("Origin", "https://\(evil)"), ("Referer", "https://\(evil)/"),
                ("X-Forwarded-Host", evil), ("X-Forwarded-Proto", "http"), ("Forwarded", "host=\(evil);proto=http"),
                ("X-Original-URL", "https://\(evil)/"),
            ]
            let before = daemon.spool.newest
            let body = try APIJSON.encode(ResetLinkRequest(email: Self.typed))
            let path = Routes.Frontend.resetLinks
            // The client's own Host and ours: some servers take the first, some the last.
            let answer = try await daemon.portal.send("POST", path, headers: headers.dropFirst() + [], body: body)
            #expect(answer.status == 202)
            let mail = try await daemon.spool.newestLink("token", after: before)
            let token = try #require(mail.link("token"))
            #expect(mail.link == "https://account.example.org/reset#token=\(token)")
            #expect(!mail.body.contains(evil) && !(mail.subject ?? "").contains(evil))
            _ = try await daemon.portal.send("POST", path, headers: headers, body: body)
            try await eventually("nothing waits") { try await VaultRows(["message"], of: daemon).count == 0 }
            #expect(try daemon.spool.messages().allSatisfy { !$0.body.contains(evil) })
        }
    }

    @Test(
        "CVE-2023-49032, CVE-2023-7028: a reset takes one address or name, and no destination",
        arguments: [
            (Routes.Frontend.resetLinks, #"{"email":["alice@example.com","evil@evil.example"]}"#),
            (Routes.Frontend.resetLinks, #"{"email":"alice@example.com","to":"evil@evil.example"}"#),
            (Routes.Frontend.resetLinks, #"{"email":"alice@example.com,evil@evil.example"}"#),
            (Routes.Frontend.resetLinks, #"{"email":"alice@example.com","baseURL":"https://evil.example"}"#),
            (Routes.Frontend.resets, #"{"login":["alice"],"purpose":"reset"}"#),
            (Routes.Frontend.resets, #"{"login":"alice","purpose":"reset","email":"evil@evil.example"}"#),
            (Routes.Frontend.resetChallenges, #"{"methodId":"METHOD","to":"+12025550199"}"#),
            (Routes.Frontend.resetChallenges, #"{"methodId":["METHOD","METHOD"]}"#),
            (Routes.Frontend.resetChallenges, #"{"methodId":"+12025550199"}"#),
        ]
    )
    func destinations(path: String, body: String) async throws {
        try await with { (_, daemon) async throws in
            let reset = try await daemon.portal.startReset("alice")
            let method = try #require(reset.methods.first).id
            let text = body.replacing("METHOD", with: method)
            _ = try await daemon.portal.send("POST", path, token: reset.token, text: text)
            try await eventually("nothing waits") { try await VaultRows(["message"], of: daemon).count == 0 }
            let known = Self.boxes + ["+12025550142", Self.typed]
            let others = try daemon.spool.messages().filter { !known.contains($0.to) }
            #expect(others.isEmpty)
        }
    }

    @Test("CVE-2019-19844: for an address that only looks or folds alike, a link goes to the stored one or nowhere")
    func confusable() async throws {
        try await with { (_, daemon) async throws in
            let typed = [
                "al\u{131}ce@example.com", "alice@ex\u{430}mple.com", "alice@example.\u{217D}om",
                "\u{FF41}lice@example.com",
            ]
            for address in typed { #expect([202, 422].contains(try await daemon.portal.askForLink(address))) }
            try await eventually("nothing waits") { try await VaultRows(["message"], of: daemon).count == 0 }
            let links = try daemon.spool.messages().filter { $0.link("token") != nil }
            #expect(links.allSatisfy { $0.to == Self.boxes[0] })
            #expect(try daemon.spool.messages().allSatisfy { !typed.contains($0.to) })
        }
    }

    @Test(
        "CVE-2018-12421: a new password that is empty, null, a list or a number is none",
        arguments: [
            #"{"password":""}"#, #"{"password":null}"#, #"{"password":["a"]}"#, #"{"password":0}"#, "{}", #""""#,
        ]
    )
    func passwords(body: String) async throws {
        try await with { (slapd, daemon) async throws in
            let token = try await proven(daemon)
            let answer = try await daemon.portal.send("PUT", Routes.Frontend.password, token: token, text: body)
            #expect([400, 422].contains(answer.status), "\(answer.status)")
            #expect(try await slapd.bind(slapd.person("alice"), SlapdFixture.password) == 0)
            #expect(try await daemon.portal.setPassword("a new and longer one", token: token).outcome == "applied")
        }
    }

    /// A code by mail and one by text.
    private func proven(_ daemon: DaemonFixture) async throws -> String {
        let reset = try await daemon.portal.startReset("alice")
        let token = try #require(reset.token)
        for kind in ["email", "mobile-phone"] {
            try await daemon.portal.pass(try #require(reset.methods.first { $0.kind == kind }).id, token: token)
        }
        return token
    }

    @Test("CVE-2025-58434, CVE-2026-26273: no answer of a reset has what was sent, stored or typed")
    func answers() async throws {
        try await with { (_, daemon) async throws in
            var answers: [LocalResponse] = []
            let portal = daemon.portal
            func send(_ method: String, _ path: String, _ token: String? = nil, _ body: some Encodable) async throws
                -> LocalResponse
            {
                let answer = try await portal.send(method, path, token: token, body: try APIJSON.encode(body))
                answers.append(answer)
                return answer
            }
            let before = daemon.spool.newest
            _ = try await send("POST", Routes.Frontend.resetLinks, nil, ResetLinkRequest(email: Self.typed))
            let link = try #require(try await daemon.spool.newestLink("token", after: before).link("token"))
            let begun = try await send("POST", Routes.Frontend.resets, nil, StartResetRequest(linkToken: link))
            let reset = try APIJSON.decode(ResetDocument.self, from: begun.body)
            let token = try #require(reset.token)
            let phone = try #require(reset.methods.first { $0.kind == "mobile-phone" }).id
            let sent = daemon.spool.newest
            let request = OpenResetChallengeRequest(methodId: phone)
            let opened = try await send("POST", Routes.Frontend.resetChallenges, token, request)
            let code = try await daemon.spool.newestCode(after: sent)
            let challenge = try APIJSON.decode(ChallengeDocument.self, from: opened.body).id
            let path = Routes.fill(Routes.Frontend.resetResponse, challenge)
            _ = try await send("POST", path, token, AnswerRequest(code: "wrong"))
            _ = try await send("POST", path, token, AnswerRequest(code: code))
            let password = "a new and longer one"
            _ = try await send("POST", Routes.Frontend.passwordChecks, token, PasswordRequest(password: password))
            let written = try await send("PUT", Routes.Frontend.password, token, PasswordRequest(password: password))
            #expect(written.status == 200)
            let secrets = Self.boxes + ["+12025550142", "2025550142", code, link, password, Self.typed]
            for answer in answers {
                let text = String(decoding: answer.body, as: UTF8.self) + "\(answer.headers)"
                #expect(secrets.filter { text.contains($0) }.isEmpty, "\(answer.status)")
            }
            // The session's token is told once, to whoever began it.
            #expect(answers.count { String(decoding: $0.body, as: UTF8.self).contains(token) } == 1)
        }
    }

    @Test(
        "NIST SP 800-63B-4 4.6, ASVS 6.3.6: both addresses are told of a reset, each with a way to say that it was not them"
    )
    func notices() async throws {
        try await with { (_, daemon) async throws in
            let token = try await proven(daemon)
            let before = try daemon.spool.messages().count
            #expect(try await daemon.portal.setPassword("a new and longer one", token: token).outcome == "applied")
            try await eventually("both are told") {
                let told = try daemon.spool.messages().dropFirst(before).filter { $0.link("notme") != nil }
                return Set(told.map(\.to)).isSuperset(of: Self.boxes)
            }
        }
    }

    @Test(
        "OWASP Forgot Password: asking changes nothing: the password, the sessions and the methods stay until a proof is complete"
    )
    func asking() async throws {
        try await with { (slapd, daemon) async throws in
            let signedIn = try await daemon.portal.signIn("alice").token
            let before = try await VaultRows(["registration", "method"], of: daemon)
            _ = try await daemon.portal.link(Self.typed)
            let token = try await daemon.portal.resetToken("alice")
            for _ in 0..<3 {
                let refused = try await daemon.portal.problem(
                    "PUT",
                    Routes.Frontend.password,
                    token: token,
                    PasswordRequest(password: "a new and longer one")
                )
                #expect(refused.status == 409)
            }
            #expect(try await VaultRows(["registration", "method"], of: daemon) == before)
            #expect(try await daemon.portal.registration(signedIn).state == "complete")
            #expect(try await slapd.bind(slapd.person("alice"), SlapdFixture.password) == 0)
        }
    }
}
