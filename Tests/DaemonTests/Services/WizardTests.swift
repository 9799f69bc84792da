import Foundation
import LatchkeyTesting
import LocalAPI
import LocalClient
import SelfService
import Testing

/// P2, with the example policies as they are shipped: what somebody must set up depends on their role.
@Suite("P2: the security-info wizard at sign-in")
struct WizardTests {
    private static let twoFactor = """
        objectClass: groupOfNames
        cn: two-factor
        """

    private func withWizard(_ body: (SlapdFixture, DaemonFixture) async throws -> Void) async throws {
        try await withSlapd { slapd in
            try await slapd.add("dn: \(slapd.group("two-factor"))\n\(Self.twoFactor)\nmember: \(slapd.person("alice"))")
            try await withDaemon(slapd, try ExampleService.wizard.options) { daemon in try await body(slapd, daemon) }
        }
    }

    @Test("staff with two-factor duty set up an app by its seed and a phone by a call, and see a summary")
    func staff() async throws {
        try await withWizard { _, daemon in
            let portal = daemon.portal
            let signIn = try await portal.signIn("alice")
            #expect(signIn.registration.policy.name == "two-factor" && signIn.registration.policy.minimum == 2)
            #expect(Set(signIn.registration.missing.map(\.code)) == ["methods", "strong-methods"])
            let kinds = signIn.registration.policy.methods.map(\.kind)
            #expect(!kinds.contains("email") && !kinds.contains("security-questions"))
            let token = signIn.token

            let app = try await addsApp(portal, token)
            try await addsPhoneByCall(daemon, token)
            let summary = try await portal.registration(token)
            #expect(summary.state == "complete" && summary.missing.isEmpty)
            let verified = summary.methods.filter { $0.state == "verified" }
            #expect(verified.map(\.kind) == ["authenticator", "mobile-phone"])
            #expect(verified.first { $0.isDefault }?.id == app)
            let phone = try #require(verified.last)
            let path = Routes.fill(Routes.Frontend.method, phone.id)
            let changed = try await portal.call(
                MethodDocument.self,
                "PATCH",
                path,
                token: token,
                ChangeMethodRequest(label: "my phone", isDefault: true)
            )
            #expect(changed.isDefault && changed.label == "my phone")
            #expect(try await portal.registration(token).methods.filter(\.isDefault).map(\.id) == [phone.id])
        }
    }

    /// With any standard app: oathtool, from the secret that is typed; the URI is what the QR code holds.
    private func addsApp(_ portal: PortalClient, _ token: String) async throws -> String {
        let added = try await portal.addMethod(AddMethodRequest(kind: "authenticator"), token: token)
        let secret = try #require(added.secret)
        #expect(secret.count == 32 && added.otpauthURI?.hasPrefix("otpauth://totp/") == true)
        #expect(added.otpauthURI?.contains("secret=\(secret)&") == true)
        let challenge = try await portal.openChallenge(added.method.id, token: token)
        let wrong = try await portal.problem(
            "POST",
            Routes.fill(Routes.Frontend.registrationResponse, challenge.id),
            token: token,
            AnswerRequest(code: "000000")
        )
        #expect(wrong.status == 422 && wrong.code == "wrong-code")
        let code = try await StandardApp(secret: secret).code()
        let verified = try await portal.answer(challenge, AnswerRequest(code: code), token: token)
        #expect(verified.method.state == "verified")
        // It is shown when it is added and never again.
        let response = try await portal.send("GET", Routes.Frontend.registration, token: token)
        #expect(!String(decoding: response.body, as: UTF8.self).contains(secret))
        return added.method.id
    }

    private func addsPhoneByCall(_ daemon: DaemonFixture, _ token: String) async throws {
        let portal = daemon.portal
        let phone = try await portal.add("mobile-phone", "+1 202 555 0142", token: token)
        let before = daemon.spool.newest
        let challenge = try await portal.openChallenge(phone.id, via: "call", token: token)
        let message = try await daemon.spool.message(after: before)
        #expect(message.kind == "voice" && message.via == "call" && message.to == "+12025550142")
        #expect(message.code == nil && message.body.contains("hash"))
        let call = try #require(message.callId)
        #expect(try await portal.press("1", in: call) == 422)
        #expect(try await portal.press("#", in: call) == 204)
        let path = Routes.fill(Routes.Frontend.registrationChallenge, challenge.id) + "?wait=30s"
        #expect(try await portal.get(ChallengeDocument.self, path, token: token).state == "passed")
    }

    @Test("a device is asked, the number on the page is typed there, and it counts")
    func notification() async throws {
        try await withWizard { _, daemon in
            let portal = daemon.portal
            let signIn = try await portal.signIn("alice")
            let device = TestDevice()
            let added = try await portal.addMethod(
                try device.registration(of: signIn.user.id),
                token: signIn.token
            )
            let before = daemon.spool.newest
            let challenge = try await portal.openChallenge(added.method.id, token: signIn.token)
            let number = try #require(challenge.number)
            let message = try await daemon.spool.message(after: before)
            #expect(message.kind == "notification" && message.to == device.pushToken && message.code == nil)
            let asked = try #require(message.approval)
            #expect(asked.personId == signIn.user.id && asked.purpose == "registration")
            // Signed for another number than the one that is sent.
            #expect(try await device.decide(device.approval(asked, number: number, sending: "00"), portal) == 422)
            #expect(try await device.decide(device.approval(asked, number: number), portal) == 204)
            #expect(try await device.decide(device.approval(asked, number: number), portal) == 409)
            let methods = try await portal.registration(signIn.token).methods
            #expect(methods.first { $0.id == added.method.id }?.state == "verified")
        }
    }

    @Test("everybody else may use email and questions as well, and is told what is missing")
    func others() async throws {
        try await withWizard { _, daemon in
            let portal = daemon.portal
            let signIn = try await portal.signIn("carol")
            #expect(signIn.registration.policy.name == "everybody")
            let kinds = signIn.registration.policy.methods.map(\.kind)
            #expect(kinds.contains("email") && kinds.contains("security-questions"))
            try await portal.register("email", "carol.private@mail.example", token: signIn.token)
            let between = try await portal.registration(signIn.token)
            #expect(between.state == "incomplete" && between.missing.map(\.code) == ["methods"])
            let answers = ["first-teacher": "Frau Müller", "childhood-street": "Lane", "first-concert": "The Who"]
            #expect(try await portal.setAnswers(answers, token: signIn.token).state == "complete")
            let again = try await portal.signIn("carol")
            #expect(again.registration.state == "complete" && again.registration.missing.isEmpty)
        }
    }

    @Test("what staff may not use is refused to them, whoever asks")
    func notOffered() async throws {
        try await withWizard { _, daemon in
            let token = try await daemon.portal.signIn("alice").token
            let email = AddMethodRequest(kind: "email", address: "a@b.example")
            let refused = try await daemon.portal.problem("POST", Routes.Frontend.methods, token: token, email)
            #expect(refused.status == 422 && refused.field == "kind")
        }
    }

    @Test("who comes under two-factor duty is told at the next sign-in, and proves the new app by what was proven")
    func newDuty() async throws {
        try await withWizard { slapd, daemon in
            let portal = daemon.portal
            let token = try await portal.signIn("carol").token
            try await portal.register("email", "carol.private@mail.example", token: token)
            let answers = ["first-teacher": "Frau Müller", "childhood-street": "Lane", "first-concert": "The Who"]
            #expect(try await portal.setAnswers(answers, token: token).state == "complete")
            let add = "dn: \(slapd.group("two-factor"))\nchangetype: modify\nadd: member\nmember: "
            try await slapd.modify(add + slapd.person("carol"))

            // What the old policy allowed adds nothing any more.
            let email = AddMethodRequest(kind: "email", address: "other@mail.example")
            let stale = try await portal.problem("POST", Routes.Frontend.methods, token: token, email)
            #expect(stale.status == 401)
            let told = try await portal.signIn("carol")
            #expect(told.registration.policy.name == "two-factor" && told.registration.state == "incomplete")
            #expect(Set(told.registration.missing.map(\.code)) == ["methods", "strong-methods"])
            let alone = try await portal.problem(
                "POST",
                Routes.Frontend.methods,
                token: told.token,
                AddMethodRequest(kind: "authenticator")
            )
            #expect(alone.code == "fresh-proof-required")
            let proven = try #require(told.registration.methods.first { $0.kind == "email" && $0.state == "verified" })
            try await portal.verify(proven.id, token: told.token)
            _ = try await addsApp(portal, told.token)
            try await addsPhoneByText(daemon, told.token)
            let summary = try await portal.registration(told.token)
            #expect(summary.state == "complete" && summary.missing.isEmpty)
            // Email and questions are still listed, and reset nothing; what is new waits for its cooling-off.
            let standings = try await daemon.document(ExplanationDocument.self, "explain", "carol").methods
            let codes = Dictionary(grouping: standings, by: \.kind).mapValues { $0.flatMap(\.findings).map(\.code) }
            for kind in ["email", "security-questions"] { #expect(codes[kind]?.contains("kind-not-offered") == true) }
            #expect(codes["authenticator"]?.contains("cooling-off") == true)
        }
    }

    private func addsPhoneByText(_ daemon: DaemonFixture, _ token: String) async throws {
        let phone = try await daemon.portal.add("mobile-phone", "+12025550143", token: token)
        #expect(phone.via == ["text", "call"])
        let newest = daemon.spool.newest
        let challenge = try await daemon.portal.openChallenge(phone.id, via: "text", token: token)
        let code = try await daemon.spool.newestCode(after: newest)
        let sent = try daemon.spool.messages().first { $0.code == code }
        #expect(sent?.kind == "text" && sent?.to == "+12025550143")
        let verified = try await daemon.portal.answer(challenge, AnswerRequest(code: code), token: token)
        #expect(verified.method.state == "verified")
    }
}
