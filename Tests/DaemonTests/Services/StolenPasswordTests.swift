import Crypto
import Foundation
import LatchkeyTesting
import LocalAPI
import LocalClient
import Testing

/// Somebody has the password of somebody registered, and nothing else.
@Suite("Only the stolen password")
struct StolenPasswordTests {
    private static let address = "zebra.private@mail.example"
    private static let number = "+12025550142"
    private static let planted = "+12025550177"
    private static let answers = ["pet": "Frau Müller", "street": "Long Lane", "dish": "Pancakes"]

    /// Everything is offered, so that nothing is refused for its kind.
    private static let options = DaemonOptions.with {
        $0.may = "sign-in, register, reset, unlock, reset-link, app-approval, call-answer"
        $0.sections = "links: { baseURL: \"https://account.example.org/reset\" }"
        $0.policies = """
              - name: everybody
                methods: [authenticator, app-notification, mobile-phone, alternate-phone, office-phone, email,
                          security-questions, recovery-codes]
                register: { minimum: 2 }
                reset: { gates: 2 }
                questions:
                  register: 3
                  answer: 3
                  bank:
                    - { id: pet, text: "The pet?" }
                    - { id: street, text: "The street?" }
                    - { id: dish, text: "The dish?" }
            """
    }

    private static var secrets: Secrets {
        Secrets(
            texts: [address, "zebra.private", number, "2025550142", planted] + answers.values,
            codes: []
        )
    }

    @Test("every route of the front end is tried: no full value is read, and nothing is added, changed or deleted")
    func everyRoute() async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd, Self.options) { daemon in
                let portal = daemon.portal
                let owner = try await registers(portal)
                let thief = try await portal.signIn("alice").token
                let before = try await portal.registration(thief)
                let newest = daemon.spool.newest
                let own = try await portal.openChallenge(try id(of: "email", before), token: owner)
                let ownCode = try await daemon.spool.newestCode(after: newest)
                // Which questions are asked is drawn once, and kept until they were answered.
                _ = try await portal.openChallenge(try id(of: "security-questions", before), token: owner)
                let rows = try await VaultRows(["method", "registration", "intent", "approval"], of: daemon)
                #expect(rows.count >= 7)

                var attempts = try Self.additions + Self.elsewhere + Self.foreign(own.id, ownCode)
                for method in before.methods { attempts += try Self.changes(of: method) }
                attempts += [
                    try .needsProof("POST", Routes.Frontend.confirmations, EmptyRequest()),
                    Attempt(200, "GET", Routes.Frontend.registration),
                ]
                #expect(try FrontendRoute.all.filter { route in !attempts.contains(where: route.isMeant) } == [])
                for attempt in attempts {
                    let objection = try await attempt.objection(portal, token: thief, secrets: Self.secrets)
                    #expect(objection == nil)
                }
                try await answersWrongly(portal, before, thief)

                #expect(try await portal.registration(thief) == before)
                #expect(before.methods.allSatisfy { $0.value == nil })
                let after = try await VaultRows(["method", "registration", "intent", "approval"], of: daemon)
                #expect(after.difference(from: rows) == [])
                let destinations = try daemon.spool.messages().map(\.to)
                #expect(Set(destinations).isSubset(of: [Self.address, Self.number]))
            }
        }
    }

    @Test("the owner's fresh proof shows values to the owner's session and opens nothing to the thief's")
    func anotherSession() async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd, Self.options) { daemon in
                let portal = daemon.portal
                try await portal.enrol("alice", address: Self.address, number: Self.number)
                let thief = try await portal.signIn("alice").token
                let owner = try await portal.signIn("alice").token
                let phone = try id(of: "mobile-phone", try await portal.registration(owner))
                try await portal.verify(phone, token: owner)
                #expect(try await portal.registration(owner).methods.contains { $0.value == Self.number })
                #expect(try await portal.registration(thief).methods.allSatisfy { $0.value == nil })
                let path = Routes.fill(Routes.Frontend.method, phone)
                let refused = try Attempt.needsProof("DELETE", path, EmptyRequest())
                #expect(try await refused.objection(portal, token: thief, secrets: Self.secrets) == nil)
            }
        }
    }

    @Test("one proven method of two that are needed binds already")
    func incomplete() async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd, Self.options) { daemon in
                let portal = daemon.portal
                try await portal.register("email", Self.address, token: try await portal.signIn("alice").token)
                let thief = try await portal.signIn("alice").token
                let before = try await portal.registration(thief)
                #expect(before.state == "incomplete")
                let rows = try await VaultRows(["method", "registration"], of: daemon)
                for attempt in try Self.additions {
                    let objection = try await attempt.objection(portal, token: thief, secrets: Self.secrets)
                    #expect(objection == nil)
                }
                for method in before.methods where method.state == "candidate" {
                    let open = Routes.fill(Routes.Frontend.methodChallenges, method.id)
                    let refused = try Attempt.needsProof("POST", open, OpenChallengeRequest())
                    #expect(try await refused.objection(portal, token: thief, secrets: Self.secrets) == nil)
                }
                #expect(try await VaultRows(["method", "registration"], of: daemon).difference(from: rows) == [])
            }
        }
    }

    // MARK: The owner

    /// A method of every state, and of every way to prove it that needs no device.
    private func registers(_ portal: PortalClient) async throws -> String {
        let token = try await portal.enrol("alice", address: Self.address, number: Self.number)
        _ = try await portal.setAnswers(Self.answers, token: token)
        _ = try await portal.addMethod(AddMethodRequest(kind: "recovery-codes"), token: token)
        _ = try await portal.add("alternate-phone", Self.planted, token: token)
        let methods = try await portal.registration(token).methods
        #expect(Set(methods.map(\.state)) == ["verified", "unverified", "candidate"])
        return token
    }

    private func id(of kind: String, _ registration: RegistrationDocument) throws -> String {
        try #require(registration.methods.first { $0.kind == kind && $0.state == "verified" }).id
    }

    // MARK: The thief

    private static var additions: [Attempt] {
        get throws {
            let methods = Routes.Frontend.methods
            let key = P256.Signing.PrivateKey().publicKey.derRepresentation.base64EncodedString()
            var device = AddMethodRequest(kind: "app-notification")
            (device.publicKey, device.pushToken, device.proof) = (key, "device-1", "AAAA")
            let requests = [
                AddMethodRequest(kind: "email", address: "thief@mail.example"),
                AddMethodRequest(kind: "mobile-phone", number: "+12025550188"),
                AddMethodRequest(kind: "alternate-phone", number: "+12025550188"),
                AddMethodRequest(kind: "authenticator"), AddMethodRequest(kind: "recovery-codes"), device,
            ]
            let set = SetAnswersRequest(answers: answers.keys.map { .init(questionId: $0, answer: "thief's \($0)") })
            var office = AddMethodRequest(kind: "office-phone", number: "+12025550188")
            office.extension = "7"
            return try requests.map { try .needsProof("POST", methods, $0) } + [
                Attempt(403, "POST", methods, office),
                .needsProof("PUT", Routes.Frontend.securityQuestions, set),
            ]
        }
    }

    private static func changes(of method: MethodDocument) throws -> [Attempt] {
        let path = Routes.fill(Routes.Frontend.method, method.id)
        let open = Routes.fill(Routes.Frontend.methodChallenges, method.id)
        var attempts = [
            try Attempt.needsProof("PATCH", path, ChangeMethodRequest(label: "mine")),
            try Attempt.needsProof("PATCH", path, ChangeMethodRequest(isDefault: true)),
            try method.kind == "office-phone"
                ? Attempt(403, "DELETE", path, EmptyRequest()) : .needsProof("DELETE", path, EmptyRequest()),
        ]
        if method.state != "verified" { attempts.append(try .needsProof("POST", open, OpenChallengeRequest())) }
        return attempts
    }

    /// A challenge that the owner opened, with the very code that the owner got.
    private static func foreign(_ challenge: String, _ code: String) throws -> [Attempt] {
        let response = Routes.fill(Routes.Frontend.registrationResponse, challenge)
        return [
            Attempt(404, "GET", Routes.fill(Routes.Frontend.registrationChallenge, challenge)),
            try Attempt(404, "POST", response, AnswerRequest(code: code)),
        ]
    }

    /// The token of a sign-in opens no reset, and nobody's device or call can be answered for.
    private static var elsewhere: [Attempt] {
        get throws {
            let password = PasswordRequest(password: "a new and longer one")
            let decision = AppApprovalRequest(challengeId: "x", decision: "approve", number: "42", signature: "AAAA")
            return [
                Attempt(401, "GET", Routes.Frontend.reset),
                try Attempt(401, "PUT", Routes.Frontend.password, password),
                try Attempt(401, "POST", Routes.Frontend.unlock, EmptyRequest()),
                try Attempt(401, "POST", Routes.Frontend.resetChallenges, OpenResetChallengeRequest(methodId: "x")),
                Attempt(401, "GET", Routes.fill(Routes.Frontend.resetChallenge, "x")),
                try Attempt(401, "POST", Routes.fill(Routes.Frontend.resetResponse, "x"), AnswerRequest(code: "1")),
                try Attempt(404, "POST", Routes.Frontend.appApprovals, decision),
                try Attempt(404, "POST", Routes.Frontend.callAnswers, CallAnswerRequest(callId: "x", digits: "#")),
                try Attempt(401, "POST", Routes.Frontend.signIns, SignInRequest(login: "alice", accessPass: "AAAA")),
                try Attempt(200, "POST", Routes.Frontend.passwordChecks, password),
                // Whoever's it is, the answer is this one; what was found goes to the mailbox.
                try Attempt(202, "POST", Routes.Frontend.resetLinks, ResetLinkRequest(email: "x@example.com")),
                try Attempt(401, "POST", Routes.Frontend.resets, StartResetRequest(linkToken: "AAAA")),
                try Attempt(401, "POST", Routes.Frontend.repudiations, RepudiationRequest(token: "AAAA")),
                try Attempt(
                    201,
                    "POST",
                    Routes.Frontend.resets,
                    StartResetRequest(login: "alice", purpose: "reset")
                ),
            ]
        }
    }

    /// What is proven may be asked for by anybody who signed in: the code goes to its owner.
    private func answersWrongly(_ portal: PortalClient, _ registration: RegistrationDocument, _ thief: String)
        async throws
    {
        for method in registration.methods where method.state == "verified" {
            let challenge = try await portal.openChallenge(method.id, token: thief)
            let path = Routes.fill(Routes.Frontend.registrationResponse, challenge.id)
            let answer =
                challenge.questions.map { questions in
                    AnswerRequest(answers: questions.map { .init(questionId: $0.id, answer: "no") })
                } ?? AnswerRequest(code: "not it")
            let wrong = try Attempt(422, "POST", path, answer, code: "wrong-code")
            #expect(try await wrong.objection(portal, token: thief, secrets: Self.secrets) == nil)
        }
    }
}
