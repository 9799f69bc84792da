import Foundation
import LatchkeyTesting
import LocalAPI
import LocalClient
import Testing

/// Messages as they leave a host: Exim, an HTTPS gateway, and a program.
@Suite("Delivery, as sites have it")
struct GatewayTests {
    private static let token = "gateway-token-hunter2"

    /// A private daemon with all three, German words among its templates, and the limits given.
    private func withGateways(
        limits: String = "",
        _ body: @Sendable (DaemonFixture, EximServer, HTTPGateway, ScratchDirectory) async throws -> Void
    ) async throws {
        let exim = try await EximServer()
        let gateway = try await HTTPGateway(tls: true, "--status", "503")
        let calls = try ScratchDirectory()
        let program = try calls.script(
            "place-call",
            "cat > \(calls.path("new")) && mv \(calls.path("new")) \(calls.path("call"))"
        )
        for (name, secret) in [("smtp-password", EximServer.password), ("gateway-token", Self.token)] {
            let path = calls.path(name)
            try secret.write(toFile: path, atomically: false, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        }
        var options = try ExampleService.enrolment.options
        options.delivery = """
            email: { transport: smtp, server: "127.0.0.1:\(exim.port)", tls: required, from: "Konto <no-reply@example.org>", user: \(EximServer.user), password: "file:\(calls.path("smtp-password"))", ca: "\(exim.scratch.path("ca.crt"))" }
            text: { transport: http, url: "\(gateway.url)", token: "file:\(calls.path("gateway-token"))", ca: "\(gateway.scratch.path("ca.crt"))" }
            voice: { transport: command, command: ["\(program)"] }
            """
        options.sections = "templates: \(Self.templates)\nlimits: { \(limits) }"
        let prepared = options
        try await withSlapd { slapd in
            try await slapd.modify(
                "dn: \(slapd.person("bob"))\nchangetype: modify\nreplace: preferredLanguage\npreferredLanguage: de\n"
            )
            try await withDaemon(slapd, prepared) { try await body($0, exim, gateway, calls) }
        }
    }

    private static let templates = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("etc/templates").path

    @Test("a text by the gateway, a mail by Exim and a call by a program, each in the person's language")
    func story() async throws {
        try await withGateways { daemon, exim, gateway, calls in
            let portal = daemon.portal
            let token = try await portal.signIn("bob").token
            // The gateway is not there at first: the same message comes again, under the same key.
            let phone = try await portal.add("mobile-phone", "+12025550143", token: token)
            let byText = try await portal.openChallenge(phone.id, via: "text", token: token)
            let text = try await gateway.message(2)
            let requests = try (1...2).map { try #require(try gateway.request($0)) }
            #expect(requests[0].body == requests[1].body)
            #expect(Set(requests.map { $0.headers["idempotency-key"] }).count == 1)
            #expect(requests[1].headers["authorization"] == "Bearer \(Self.token)")
            #expect(text.to == "+12025550143" && text.body.contains("ist Ihr Code"))
            try await portal.answer(byText, AnswerRequest(code: try #require(text.code)), token: token)

            let address = try await portal.add("email", "bob.private@mail.example", token: token)
            let byMail = try await portal.openChallenge(address.id, token: token)
            let mail = try await exim.mail(with: "bob.private@mail.example")
            let words = try decoded(mail.body)
            #expect(mail.head.contains("-auth_id latchkey") && words.contains("Ihr Code"))
            let code = try #require(words.firstMatch(of: /\b[0-9]{6,8}\b/)).output
            try await portal.answer(byMail, AnswerRequest(code: String(code)), token: token)

            let reset = try await portal.startReset("bob")
            let resetToken = try #require(reset.token)
            let calling = try #require(reset.methods.first { $0.kind == "mobile-phone" })
            _ = try await portal.call(
                ChallengeDocument.self,
                "POST",
                Routes.Frontend.resetChallenges,
                token: resetToken,
                OpenResetChallengeRequest(methodId: calling.id, via: "call")
            )
            try await eventually("the program is called") { calls.text("call") != nil }
            let call = try JSONDecoder().decode(SpooledMessage.self, from: Data((calls.text("call") ?? "").utf8))
            #expect(call.kind == "voice" && call.to == "+12025550143" && call.body.contains("tippen Sie die Zahl ein"))

            let log = try String(contentsOfFile: daemon.folder.log, encoding: .utf8)
            for secret in ["hunter2", "2025550143", "bob.private", String(code), text.code ?? "-"] {
                #expect(!log.contains(secret))
            }
            #expect(log.contains("a message is tried again later"))
        }
    }

    @Test("who has no language in the directory reads the browser's, where there are words in it")
    func browser() async throws {
        try await withGateways { daemon, _, gateway, _ in
            let portal = daemon.portal
            let token = try await portal.signIn("carol").token
            let phone = try await portal.add("mobile-phone", "+12025550144", token: token)
            let path = Routes.fill(Routes.Frontend.methodChallenges, phone.id)
            let opened = try await portal.send(
                "POST",
                path,
                token: token,
                headers: [("Accept-Language", "pt, fr-CA;q=0.8, en;q=0.5")],
                body: Data(#"{"via":"text"}"#.utf8)
            )
            #expect(opened.status == 201)
            #expect(try await gateway.message().body.contains("votre code"))
        }
    }

    @Test("over a budget the answer is the same, nothing is sent, and the audit says why")
    func budget() async throws {
        let limits = "global: { textsAndCallsPerDay: 1 }, prefixes: { \"+1900\": refuse }"
        try await withGateways(limits: limits) { daemon, _, gateway, _ in
            let portal = daemon.portal
            let token = try await portal.signIn("bob").token
            let refused = try await portal.problem(
                "POST",
                Routes.Frontend.methods,
                token: token,
                AddMethodRequest(kind: "mobile-phone", number: "+19005550143")
            )
            #expect(refused.status == 422 && refused.field == "number")
            let phone = try await portal.add("mobile-phone", "+12025550143", token: token)
            _ = try await portal.openChallenge(phone.id, via: "text", token: token)
            _ = try await gateway.message(2)
            let other = try await portal.signIn("carol").token
            let second = try await portal.add("mobile-phone", "+12025550144", token: other)
            _ = try await portal.openChallenge(second.id, via: "text", token: other)
            try await eventually("the audit has it") {
                try await daemon.control("--json", "audit", "list").output.contains("day-budget")
            }
            #expect(try gateway.request(3) == nil)
            let log = try String(contentsOfFile: daemon.folder.log, encoding: .utf8)
            #expect(log.contains("a message was held back by a budget") && !log.contains("2025550144"))
        }
    }

    private func decoded(_ body: String) throws -> String {
        String(decoding: try #require(Data(base64Encoded: body, options: .ignoreUnknownCharacters)), as: UTF8.self)
    }
}
