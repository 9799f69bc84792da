import Foundation
import LatchkeyTesting
import LocalAPI
import LocalClient
import Testing

/// P5, with the example policies as they are shipped.
@Suite("P5: a cloud suite's self-service reset")
struct CloudSuiteTests {
    private static let newPassword = "a new and longer one"

    /// - Parameter desk: the line with the phone at Bob's desk, which the policy trusts.
    private func with(desk: String = "", _ body: (SlapdFixture, DaemonFixture) async throws -> Void) async throws {
        let content = SlapdContent.people(below: "dc=example,dc=com", passwordHash: SlapdFixture.password)
            .replacingOccurrences(of: "telephoneNumber: +1 555 0100\n", with: desk)
        try await withSlapd(.with { $0.content = content }) { slapd in
            try await withDaemon(slapd, try ExampleService.cloudSuite.options) { (daemon) async throws in
                try await body(slapd, daemon)
            }
        }
    }

    /// What somebody has, and has nothing else of.
    enum Means: String, CaseIterable, Sendable {
        case notification = "app-notification"
        case authenticator
        case mobileByText = "mobile-phone text"
        case mobileByCall = "mobile-phone call"
        case alternate = "alternate-phone"
        case office = "office-phone"
        case email

        var kind: String { String(rawValue.split(separator: " ")[0]) }
    }

    @Test(
        "one registered method is enough to reset, whichever it is, and a reset unlocks too",
        arguments: Means.allCases
    )
    func one(means: Means) async throws {
        let desk = means == .office ? "telephoneNumber: +1 202 555 0188 x42\n" : ""
        try await with(desk: desk) { (slapd, daemon) async throws in
            let person = Person(means, daemon)
            let app = try await person.registers()
            for _ in 0..<slapd.options.policy.maxFailure { _ = try await slapd.bind(slapd.person("bob"), "wrong") }
            let reset = try await daemon.portal.startReset("bob")
            #expect(reset.methods.map(\.kind) == [means.kind])
            let token = try #require(reset.token)
            try await person.proves(reset, token, with: app)
            let outcome = try await daemon.portal.setPassword(Self.newPassword, token: token)
            #expect(outcome.outcome == "applied" && outcome.unlocked)
            #expect(try await slapd.bind(slapd.person("bob"), Self.newPassword) == 0)
        }
    }

    /// Bob, with one method.
    private struct Person {
        let means: Means
        let daemon: DaemonFixture
        private let device = TestDevice()
        private var portal: PortalClient { daemon.portal }

        init(_ means: Means, _ daemon: DaemonFixture) {
            self.means = means
            self.daemon = daemon
        }

        /// - Returns: the app, if that is the means.
        @discardableResult
        func registers() async throws -> StandardApp? {
            var app: StandardApp?
            let signIn = try await portal.signIn("bob")
            let token = signIn.token
            switch means {
            case .office: break
            case .email: try await portal.register("email", "bob@elsewhere.example", token: token)
            case .mobileByText, .mobileByCall: try await portal.register("mobile-phone", "+12025550143", token: token)
            case .alternate:
                let phone = try await portal.add("alternate-phone", "+12025550144", token: token)
                let before = daemon.spool.newest
                _ = try await portal.openChallenge(phone.id, token: token)
                try await answersCall(after: before, number: nil)
            case .authenticator:
                let added = try await portal.addMethod(AddMethodRequest(kind: "authenticator"), token: token)
                let made = StandardApp(secret: try #require(added.secret))
                let challenge = try await portal.openChallenge(added.method.id, token: token)
                let code = try await made.code(later: -1)
                app = made
                _ = try await portal.answer(challenge, AnswerRequest(code: code), token: token)
            case .notification:
                let added = try await portal.addMethod(device.registration(of: signIn.user.id), token: token)
                let before = daemon.spool.newest
                let challenge = try await portal.openChallenge(added.method.id, token: token)
                try await approves(challenge, after: before)
            }
            #expect(try await portal.registration(token).state == "complete")
            return app
        }

        func proves(_ reset: ResetDocument, _ token: String, with app: StandardApp?) async throws {
            let method = try #require(reset.methods.first { $0.kind == means.kind })
            let before = daemon.spool.newest
            switch means {
            case .email, .mobileByText: try await portal.pass(method.id, token: token)
            case .authenticator:
                let code = try await #require(app).code()
                _ = try await portal.answerReset(method.id, token: token) { _ in AnswerRequest(code: code) }
            case .notification: try await approves(try await portal.challenge(method.id, token: token), after: before)
            case .mobileByCall, .alternate, .office:
                let request = OpenResetChallengeRequest(methodId: method.id, via: "call")
                let path = Routes.Frontend.resetChallenges
                let challenge = try await portal.call(ChallengeDocument.self, "POST", path, token: token, request)
                try await answersCall(after: before, number: challenge.number ?? "none")
            }
            #expect(try await portal.current(token).gates.passed == 1)
        }

        private func answersCall(after before: Int, number: String?) async throws {
            let call = try await daemon.spool.message(after: before)
            #expect(call.kind == "voice" && call.code == nil)
            if means == .office { #expect(call.to == "+12025550188" && call.extension == "42") }
            #expect(try await portal.press(number ?? "#", in: try #require(call.callId)) == 204)
        }

        private func approves(_ challenge: ChallengeDocument, after before: Int) async throws {
            let asked = try #require(try await daemon.spool.message(after: before).approval)
            let number = try #require(challenge.number)
            let approval = try device.approval(asked, number: number)
            #expect(try await device.decide(approval, portal) == 204)
        }
    }

    @Test("an account is unlocked and keeps its password")
    func unlock() async throws {
        try await with { (slapd, daemon) async throws in
            try await Person(.email, daemon).registers()
            for _ in 0..<slapd.options.policy.maxFailure { _ = try await slapd.bind(slapd.person("bob"), "wrong") }
            #expect(try await slapd.bind(slapd.person("bob"), SlapdFixture.password) == 49)
            let reset = try await daemon.portal.startReset("bob", "unlock")
            let token = try #require(reset.token)
            let mail = try #require(reset.methods.first { $0.kind == "email" })
            try await daemon.portal.pass(mail.id, token: token)
            #expect(try await daemon.portal.unlock(token).unlocked)
            #expect(try await slapd.bind(slapd.person("bob"), SlapdFixture.password) == 0)
        }
    }

    @Test("questions: case does not count, spelling and spaces do, and alone they are not enough")
    func questions() async throws {
        try await with { (_, daemon) async throws in
            let portal = daemon.portal
            let token = try await portal.signIn("bob").token
            let answers = ["first-trip": "The Faroe Islands", "teacher": "Frau Öztürk", "dish": "Pancakes"]
            let registration = try await portal.setAnswers(answers, token: token)
            let questions = try #require(registration.methods.first { $0.kind == "security-questions" })
            for (change, status) in [
                ({ (text: String) in text.uppercased() }, 200), ({ text in text.replacing("s", with: "z") }, 422),
                ({ text in text + " " }, 422),
            ] {
                let challenge = try await portal.openChallenge(questions.id, token: token)
                let request = AnswerRequest(
                    answers: answers.map { .init(questionId: $0, answer: change($1)) }
                )
                let path = Routes.fill(Routes.Frontend.registrationResponse, challenge.id)
                let body = try APIJSON.encode(request)
                #expect(try await portal.send("POST", path, token: token, body: body).status == status)
            }
            // Who has nothing else has nothing to begin with.
            let alone = StartResetRequest(login: "bob", purpose: "reset")
            let refused = try await portal.problem("POST", Routes.Frontend.resets, alone)
            #expect(refused.status == 403 && refused.detail == "The person has too few usable methods for the gates.")
        }
    }

    @Test("methods are listed, added and deleted later, each time after a fresh proof")
    func later() async throws {
        try await with { (_, daemon) async throws in
            let portal = daemon.portal
            try await Person(.email, daemon).registers()
            let token = try await portal.signIn("bob").token
            let mail = try #require(try await portal.registration(token).methods.first { $0.kind == "email" })
            let add = AddMethodRequest(kind: "mobile-phone", number: "+12025550143")
            let path = Routes.fill(Routes.Frontend.method, mail.id)
            #expect(try await portal.problem("POST", Routes.Frontend.methods, token: token, add).status == 403)
            #expect(try await portal.problem("DELETE", path, token: token).status == 403)
            try await portal.verify(mail.id, token: token)
            try await portal.register("mobile-phone", "+12025550143", token: token)
            #expect(try await portal.send("DELETE", path, token: token).status == 204)
            let kinds = Set(try await portal.registration(token).methods.map(\.kind))
            #expect(kinds == ["mobile-phone"])
        }
    }

    @Test("the page may say why somebody cannot go on")
    func disclosed() async throws {
        try await with { (_, daemon) async throws in
            let unknown = StartResetRequest(login: "nobody", purpose: "reset")
            let told = try await daemon.portal.problem("POST", Routes.Frontend.resets, unknown)
            #expect(told.status == 403 && told.detail == "Nobody has this name.")
            let carol = StartResetRequest(login: "carol", purpose: "reset")
            let why = try await daemon.portal.problem("POST", Routes.Frontend.resets, carol)
            #expect(why.status == 403 && why.detail == "The person has not completed the registration.")
        }
    }
}
