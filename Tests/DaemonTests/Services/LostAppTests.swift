import Foundation
import LatchkeyTesting
import LocalAPI
import LocalClient
import Testing

/// P4, with the example policies as they are shipped: who lost the authenticator app is let in again by somebody
/// who knows whom they speak with.
@Suite("P4: a lost authenticator app")
struct LostAppTests {
    private static let address = "bob.private@mail.example"
    private static let number = "+12025550143"

    /// root is the helpdesk; daemon may do everything.
    private static func withService(_ body: (SlapdFixture, DaemonFixture) async throws -> Void) async throws {
        try await withSlapd { slapd in
            try await slapd.add(group("authenticator", of: ["carol", "dave"], slapd))
            try await slapd.add(group("domain-admins", of: ["dave"], slapd))
            var options = try ExampleService.enrolment.options
            options.sections = """
                protected: { roles: [domain-admins] }
                administrators:
                  - { user: root, may: [look-up, unlock, send-reset, issue-pass, edit-methods, audit] }
                  - { user: daemon, may: [all] }
                """
            try await withDaemon(slapd, options) { daemon in try await body(slapd, daemon) }
        }
    }

    private static func group(_ name: String, of members: [String], _ slapd: SlapdFixture) -> String {
        let lines = members.map { "\nmember: \(slapd.person($0))" }.joined()
        return "dn: \(slapd.group(name))\nobjectClass: groupOfNames\ncn: \(name)\(lines)"
    }

    @Test("the helpdesk takes the registration away, and the person enrols again", arguments: ["pass", "password"])
    func story(again: String) async throws {
        try await Self.withService { _, daemon in
            let portal = daemon.portal
            let token = try await portal.signIn("carol").token
            let lost = try await enrols(portal, token)
            let begun = try await portal.resetToken("carol")
            try await canDoNothingAlone(portal)

            let removed = try await daemon.control("methods", "remove", "carol", "--all", "--reason", "4711: lost it")
            #expect(removed.output == "Removed: 1.\n", "\(removed.errors)")
            let ended = [
                try await portal.problem("GET", Routes.Frontend.registration, token: token),
                try await portal.problem("GET", Routes.Frontend.reset, token: begun),
            ]
            #expect(ended.map(\.status) == [401, 401])
            try await opensNothing(lost, portal)

            let signIn = try await signsIn(by: again, daemon)
            #expect(signIn.registration.state == "incomplete" && signIn.registration.methods.isEmpty)
            let new = try await enrols(portal, signIn.token, refusing: lost)
            try await resets(with: new, refusing: lost, portal)
            let record = try #require(try await daemon.records(of: "registration.reopened").last)
            #expect(record.details["why"] == "4711: lost it" && record.actor.uid == 0)
        }
    }

    @Test("who has addresses is told at all of them, and an older registration proves the new app")
    func told() async throws {
        try await Self.withService { slapd, daemon in
            let portal = daemon.portal
            try await portal.enrol("bob", address: Self.address, number: Self.number)
            let add = "dn: \(slapd.group("authenticator"))\nchangetype: modify\nadd: member\nmember: "
            try await slapd.modify(add + slapd.person("bob"))
            let token = try await policyIs("authenticator", of: "bob", portal)
            let missing = try await portal.registration(token)
            #expect(missing.state == "incomplete" && missing.policy.methods.map(\.kind) == ["authenticator"])
            let app = AddMethodRequest(kind: "authenticator")
            let alone = try await portal.problem("POST", Routes.Frontend.methods, token: token, app)
            #expect(alone.code == "fresh-proof-required")
            // What is not offered any more still says who somebody is.
            let phone = try #require(missing.methods.first { $0.kind == "mobile-phone" })
            try await portal.verify(phone.id, token: token)
            _ = try await enrols(portal, token)

            let newest = daemon.spool.newest
            let removed = try await daemon.control("methods", "remove", "bob", "--all", "--reason", "lost it")
            #expect(removed.output == "Removed: 3.\n", "\(removed.errors)")
            try await eventually("bob is told at both") {
                let new = try daemon.spool.messages().dropFirst(newest).filter { $0.body.contains("administrator") }
                return Set(new.map(\.to)) == [Self.address, Self.number]
            }
        }
    }

    @Test("of somebody protected a second administrator approves it first")
    func protected() async throws {
        try await Self.withService { _, daemon in
            let portal = daemon.portal
            let token = try await portal.signIn("dave").token
            _ = try await enrols(portal, token)
            let removal = ["methods", "remove", "dave", "--all", "--reason", "lost it"]
            let asked = try await daemon.control(removal)
            #expect(asked.status == 75 && asked.output.contains("second administrator"))
            #expect(try await portal.registration(token).state == "complete")
            let waiting = try await daemon.document(ListDocument<ApprovalDocument>.self, "approvals", "list")
            let id = try #require(waiting.items.first?.id)
            #expect(try await daemon.control("approvals", "approve", id).status == 1)
            #expect(try await daemon.control(as: 1, "approvals", "approve", id).status == 0)
            #expect(try await daemon.control(removal).output == "Removed: 1.\n")
            #expect(try await portal.problem("GET", Routes.Frontend.registration, token: token).status == 401)
            let record = try #require(try await daemon.records(of: "registration.reopened").last)
            #expect(record.details["approvedBy"] == "1" && record.actor.uid == 0)
            // Once: the next removal is asked for anew.
            #expect(try await daemon.control(removal).status == 75)
        }
    }

    // MARK: Steps

    /// - Parameter lost: an older app, whose codes must not count.
    private func enrols(
        _ portal: PortalClient,
        _ token: String,
        refusing lost: StandardApp? = nil
    ) async throws -> StandardApp {
        let added = try await portal.addMethod(AddMethodRequest(kind: "authenticator"), token: token)
        let app = StandardApp(secret: try #require(added.secret))
        let challenge = try await portal.openChallenge(added.method.id, token: token)
        if let lost {
            let path = Routes.fill(Routes.Frontend.registrationResponse, challenge.id)
            let wrong = AnswerRequest(code: try await lost.code(later: 1))
            #expect(try await portal.problem("POST", path, token: token, wrong).code == "wrong-code")
        }
        try await portal.answer(challenge, AnswerRequest(code: try await app.code()), token: token)
        let registration = try await portal.registration(token)
        #expect(registration.state == "complete" && registration.missing.isEmpty)
        return app
    }

    /// The password alone enrols no other app and takes none away.
    private func canDoNothingAlone(_ portal: PortalClient) async throws {
        let token = try await portal.signIn("carol").token
        let methods = try await portal.registration(token).methods
        let app = AddMethodRequest(kind: "authenticator")
        var refused = [try await portal.problem("POST", Routes.Frontend.methods, token: token, app)]
        for method in methods {
            let path = Routes.fill(Routes.Frontend.method, method.id)
            refused.append(try await portal.problem("DELETE", path, token: token))
        }
        #expect(refused.count == 2 && refused.allSatisfy { $0.code == "fresh-proof-required" })
    }

    /// Whoever found the app resets nothing with it: what is asked for looks like anybody's and is passed by nothing.
    private func opensNothing(_ lost: StandardApp, _ portal: PortalClient) async throws {
        let reset = try await portal.startReset("carol")
        let token = try #require(reset.token)
        for method in reset.methods {
            let challenge = try await portal.challenge(method.id, token: token)
            let path = Routes.fill(Routes.Frontend.resetResponse, challenge.id)
            let answer = AnswerRequest(code: try await lost.code(later: 1))
            #expect(try await portal.problem("POST", path, token: token, answer).code == "wrong-code")
        }
        #expect(try await portal.current(token).gates.passed == 0)
        let password = PasswordRequest(password: "a new and longer one")
        #expect(try await portal.problem("PUT", Routes.Frontend.password, token: token, password).status == 409)
    }

    private func signsIn(by means: String, _ daemon: DaemonFixture) async throws -> SignInDocument {
        guard means == "pass" else { return try await daemon.portal.signIn("carol") }
        let pass = try await daemon.document(PassDocument.self, "passes", "issue", "carol", "--reason", "id card")
        let request = SignInRequest(login: "carol", accessPass: pass.pass)
        return try await daemon.portal.call(SignInDocument.self, "POST", Routes.Frontend.signIns, request)
    }

    private func resets(with app: StandardApp, refusing lost: StandardApp, _ portal: PortalClient) async throws {
        let reset = try await portal.startReset("carol")
        let token = try #require(reset.token)
        #expect(reset.methods.map(\.kind) == ["authenticator"])
        let challenge = try await portal.challenge(reset.methods[0].id, token: token)
        let path = Routes.fill(Routes.Frontend.resetResponse, challenge.id)
        let old = AnswerRequest(code: try await lost.code(later: 1))
        #expect(try await portal.problem("POST", path, token: token, old).code == "wrong-code")
        let right = AnswerRequest(code: try await app.code(later: 1))
        let proven = try await portal.call(ResetDocument.self, "POST", path, token: token, right)
        #expect(proven.gates.passed == 1)
        #expect(try await portal.setPassword("a new and longer one", token: token).outcome == "applied")
    }

    /// Signs in until the change of role has arrived.
    private func policyIs(_ name: String, of login: String, _ portal: PortalClient) async throws -> String {
        var signIn = try await portal.signIn(login)
        try await eventually("the policy is \(name)") {
            if signIn.registration.policy.name == name { return true }
            signIn = try await portal.signIn(login)
            return false
        }
        return signIn.token
    }
}
