import Foundation
import LatchkeyTesting
import LocalAPI
import LocalClient
import Testing

/// P1, from sign-in to a reset, with the example policies as they are shipped.
@Suite("P1: a university's reset registration")
struct UniversityTests {
    private static let answers = [
        "first-teacher": "Frau Müller", "childhood-street": "Long  Lane", "first-dish": "Pancakes",
    ]
    private static let address = "zebra.private@mail.example"
    private static let number = "+12025550142"

    @Test("somebody registers two of four, the data stays out of the directory, and a reset takes two of them")
    func story() async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd, try ExampleService.university.options) { daemon in
                let token = try await registers(daemon)
                try await keepsPrivate(slapd, daemon, token)
                try await resets(slapd, daemon)
            }
        }
    }

    private func registers(_ daemon: DaemonFixture) async throws -> String {
        let portal = daemon.portal
        let signIn = try await portal.signIn("alice")
        #expect(signIn.registration.state == "incomplete")
        #expect(signIn.registration.missing.map(\.code) == ["methods"])
        let offered = ["office-phone", "mobile-phone", "email", "security-questions"]
        #expect(signIn.registration.policy.methods.map(\.kind) == offered)
        // What the directory has is an offer and counts for nothing.
        #expect(signIn.registration.methods.allSatisfy { $0.state == "candidate" && $0.usableFrom == nil })
        let token = signIn.token
        var office = AddMethodRequest(kind: "office-phone", number: "+12025550199")
        office.extension = "7"
        let refused = try await portal.problem("POST", Routes.Frontend.methods, token: token, office)
        #expect(refused.status == 403)
        try await portal.register("mobile-phone", Self.number, token: token)
        try await expectQuestionRules(portal, signIn, token)
        let complete = try await portal.setAnswers(Self.answers, token: token)
        #expect(complete.state == "complete" && complete.missing.isEmpty)
        try await portal.register("email", Self.address, token: token)
        return token
    }

    /// From the approved list, no question and no answer twice.
    private func expectQuestionRules(_ portal: PortalClient, _ signIn: SignInDocument, _ token: String) async throws {
        let questions = try #require(signIn.registration.policy.questions)
        #expect(questions.register == 3 && questions.bank.count == 8)
        let wrong: [[(String, String)]] = [
            [("first-teacher", "one"), ("first-teacher", "two"), ("first-dish", "three")],
            [("first-teacher", "one"), ("first-dish", "ONE"), ("lost-thing", "three")],
            [("first-teacher", "one"), ("first-dish", "two"), ("my-own", "three")],
            [("first-teacher", "one"), ("first-dish", "two")],
        ]
        for answers in wrong {
            let request = SetAnswersRequest(answers: answers.map { .init(questionId: $0.0, answer: $0.1) })
            let problem = try await portal.problem("PUT", Routes.Frontend.securityQuestions, token: token, request)
            #expect(problem.status == 422 && problem.field == "answers")
        }
    }

    /// The person sees the values, administrators see hints, nobody sees answers, and the directory has none of it.
    private func keepsPrivate(_ slapd: SlapdFixture, _ daemon: DaemonFixture, _ token: String) async throws {
        let own = try await daemon.portal.registration(token)
        #expect(Set(own.methods.compactMap(\.value)).isSuperset(of: [Self.number, Self.address]))
        let listed = try await daemon.control("--json", "methods", "list", "alice").output
        for text in [Self.number, Self.address, "zebra"] + Self.answers.values { #expect(!listed.contains(text)) }
        #expect(listed.contains("•••42"))
        let response = try await daemon.portal.send("GET", Routes.Frontend.registration, token: token)
        let document = String(decoding: response.body, as: UTF8.self)
        for answer in Self.answers.values { #expect(!document.localizedCaseInsensitiveContains(answer)) }
        let directory = try await slapd.search().flatMap { $0.values.joined() }.joined(separator: "\n")
        #expect(directory.contains("alice@example.com"))
        for text in [Self.number, Self.address] + Self.answers.values { #expect(!directory.contains(text)) }
        // A front end without a token of this person sees nothing at all.
        let stranger = try await daemon.portal.send("GET", Routes.Frontend.registration)
        #expect(stranger.status == 401)
    }

    private func resets(_ slapd: SlapdFixture, _ daemon: DaemonFixture) async throws {
        let portal = daemon.portal
        let reset = try await portal.startReset("alice")
        let token = try #require(reset.token)
        #expect(reset.gates == ResetDocument.Gates(required: 2, passed: 0))
        #expect(!reset.methods.contains { $0.kind == "security-questions" })
        // The address came after the registration was complete: it cools off.
        #expect(!reset.methods.contains { $0.kind == "email" })
        let phone = try #require(reset.methods.first { $0.kind == "mobile-phone" })
        let between = try await portal.pass(phone.id, token: token)
        let questions = try #require(between.methods.first { $0.kind == "security-questions" })
        let proven = try await portal.answerReset(questions.id, token: token) { challenge in
            // Case does not matter, spelling and spacing do.
            AnswerRequest(
                answers: (challenge.questions ?? []).map {
                    .init(questionId: $0.id, answer: Self.answers[$0.id, default: ""].uppercased())
                }
            )
        }
        #expect(proven.gates.passed == 2)
        #expect(try await portal.setPassword("a new and longer one", token: token).outcome == "applied")
        #expect(try await slapd.bind(slapd.person("alice"), "a new and longer one") == 0)
    }
}
