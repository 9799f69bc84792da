import Crypto
import Foundation
import Identity
import LatchkeyTesting
import SelfService
import Testing
import Vault

/// Each kind of method, registered and used for a reset, through the services and a real vault.
@Suite("Kinds of methods")
struct MethodKindTests {
    private static func policy(_ kinds: [MethodKind], gates: Int = 1, minimum: Int = 1) -> Policy {
        Policy(
            name: "everybody",
            methods: kinds.map { AllowedMethod($0) },
            register: .init(minimum: minimum),
            resetGates: gates,
            questions: QuestionRule(
                register: 3,
                answer: 2,
                bank: ["pet", "street", "teacher", "dish"].map { .init(id: $0, text: "Which \($0)?") }
            )
        )
    }

    @Test("an authenticator is shown once, verified by its code, and each step passes once")
    func authenticator() async throws {
        let scene = try ServiceScene(policies: [Self.policy([.authenticator])])
        let token = try await scene.signIn()
        let added = try await scene.add(.authenticator, token: token)
        let seed = try #require(added.shown?.secret)
        #expect(added.shown?.otpauthURI?.contains("secret=\(seed)") == true)
        let app = AuthenticatorFixture(base32: seed)
        let id = added.method.method.id
        try await scene.answerRegistration(id, .code(app.code(at: scene.clock.now)), token: token)
        #expect(try await scene.desk.registration(token: token, from: scene.portal).state == .complete)
        // The code that verified it proves nothing more.
        let reset = try await scene.desk.startReset(login: "alice", purpose: .reset, from: scene.portal)
        let spent = try await scene.refusal {
            try await scene.answerReset(id, .code(app.code(at: scene.clock.now)), token: reset.token)
        }
        #expect(spent.code == .wrongCode)
        scene.clock.advance(by: 30)
        let view = try await scene.answerReset(id, .code(app.code(at: scene.clock.now)), token: reset.token)
        #expect(view.passed == 1)
    }

    @Test("one code of an authenticator in two sessions at the same time passes once")
    func oneStepTwice() async throws {
        let scene = try ServiceScene(policies: [Self.policy([.authenticator])])
        let token = try await scene.signIn()
        let added = try await scene.add(.authenticator, token: token)
        let app = AuthenticatorFixture(base32: try #require(added.shown?.secret))
        let id = added.method.method.id
        try await scene.answerRegistration(id, .code(app.code(at: scene.clock.now)), token: token)
        for _ in 0..<20 {
            scene.clock.advance(by: 4000)
            let code = app.code(at: scene.clock.now)
            let tokens = [
                try await scene.desk.startReset(login: "alice", purpose: .reset, from: scene.portal).token,
                try await scene.signIn(),
            ]
            let passed = await withTaskGroup(of: Bool.self) { group in
                group.addTask { await (try? scene.answerReset(id, .code(code), token: tokens[0])) != nil }
                group.addTask { await (try? scene.answerRegistration(id, .code(code), token: tokens[1])) != nil }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(passed.count(where: \.self) == 1)
        }
    }

    @Test("a call is answered by # at a registration, and by the number on the page in a reset")
    func call() async throws {
        let scene = try ServiceScene(policies: [Self.policy([.mobilePhone, .alternatePhone], gates: 1)])
        let token = try await scene.signIn()
        let id = try await scene.add(.alternatePhone, "+12025550142", token: token).method.method.id
        let opened = try await scene.openRegistration(id, token: token)
        #expect(opened.challenge.via == .call && opened.challenge.number == nil)
        let typed = try await scene.refusal {
            try await scene.desk.answerRegistrationChallenge(
                opened.challenge.id,
                .code("#"),
                token: token,
                from: scene.portal
            )
        }
        #expect(typed.code == .wrongState)
        let wrong = try await scene.refusal { try await scene.call(opened, "1") }
        #expect(wrong.code == .wrongCode)
        try await scene.call(opened, "#")
        #expect(try await scene.desk.registration(token: token, from: scene.portal).state == .complete)
        let message = try #require(try await scene.vault.dueMessages(limit: 9).last?.message)
        #expect(message.channel == .voice && message.to == "+12025550142" && message.code == nil)

        let reset = try await scene.desk.startReset(login: "alice", purpose: .reset, from: scene.portal)
        let challenge = try await scene.desk.openResetChallenge(
            methodID: id,
            via: .call,
            token: reset.token,
            from: scene.portal
        )
        let number = try #require(challenge.challenge.number)
        #expect(number.count == 2)
        for keys in ["#", "\(number)0"] {
            #expect(try await scene.refusal { try await scene.call(challenge, keys) }.code == .wrongCode)
        }
        try await scene.call(challenge, number + "#")
        #expect(try await scene.desk.reset(token: reset.token, from: scene.portal).passed == 1)
        #expect(try await scene.refusal { try await scene.call(challenge, number) }.code == .challengeClosed)
    }

    @Test("text and call of one number are one gate, whatever kinds it is registered as")
    func oneNumber() async throws {
        let scene = try ServiceScene(policies: [Self.policy([.mobilePhone, .alternatePhone], gates: 2)])
        let token = try await scene.signIn()
        try await scene.register(.mobilePhone, "+12025550142", token: token)
        let id = try await scene.add(.alternatePhone, "+12025550142", token: token).method.method.id
        try await scene.call(try await scene.openRegistration(id, token: token), "#")
        let truth = Caller(frontend: "portal", maySeeTruth: true)
        let refused = try await scene.refusal {
            try await scene.desk.startReset(login: "alice", purpose: .reset, from: truth)
        }
        #expect(refused.code == .notPermitted)
    }

    @Test("an office phone is not set by the person, and trusted from the directory by policy")
    func officePhone() async throws {
        var policy = Self.policy([.officePhone, .email], minimum: 2)
        policy.coolingOff = 3600
        policy.trustDirectory = [.officePhone]
        let scene = try ServiceScene(policies: [policy])
        scene.directory.change(ServiceScene.alice.id) { $0.user.officePhone = "+1 202 555 0142 x17" }
        let token = try await scene.signIn()
        let refused = try await scene.refusal { try await scene.add(.officePhone, "+12025550199", token: token) }
        #expect(refused.code == .notPermitted)
        try await scene.register(.email, "private@example.net", token: token)
        let reset = try await scene.desk.startReset(login: "alice", purpose: .reset, from: scene.portal)
        let method = try #require(reset.reset.methods.first { $0.kind == .officePhone })
        _ = try await scene.desk.openResetChallenge(
            methodID: method.id,
            via: nil,
            token: reset.token,
            from: scene.portal
        )
        #expect(try await scene.vault.dueMessages(limit: 9).last?.message.to == "+12025550142")
        // Who can write the attribute gets nothing by it before the cooling-off is over.
        scene.directory.change(ServiceScene.alice.id) { $0.user.officePhone = "+1 202 555 0199" }
        let after = try await scene.desk.startReset(login: "alice", purpose: .reset, from: scene.portal)
        #expect(!after.reset.methods.contains { $0.kind == .officePhone })
        let told = try await scene.vault.dueMessages(limit: 9).map(\.message)
        #expect(told.contains { $0.to == "private@example.net" && $0.code == nil && $0.body.contains("changed") })
        scene.clock.advance(by: 3600)
        let later = try await scene.desk.startReset(login: "alice", purpose: .reset, from: scene.portal)
        #expect(later.reset.methods.contains { $0.kind == .officePhone })
    }

    @Test(
        "a trusted value of somebody new here waits if it was just changed, as the mirror saw or the directory shows",
        arguments: [TrustedValue.stable, .changed, .unmirrored]
    )
    func trusted(_ value: TrustedValue) async throws {
        var policy = Self.policy([.officePhone], minimum: 1)
        policy.coolingOff = 3600
        policy.trustDirectory = [.officePhone]
        let scene = try ServiceScene(policies: [policy])
        scene.directory.change(ServiceScene.alice.id) { $0.user.officePhone = "+1 202 555 0142" }
        switch value {
        case .stable: break
        case .changed:
            let minuteAgo = scene.clock.now.addingTimeInterval(-60)
            scene.directory.date(ContactTimes(officePhone: minuteAgo), of: ServiceScene.alice.id)
        case .unmirrored:
            var live = ServiceScene.alice
            live.officePhone = "+1 202 555 0199"
            scene.directory.hold(mirrored: ServiceScene.alice, live: live)
        }
        func isOffered() async throws -> Bool {
            let reset = try await scene.desk.startReset(login: "alice", purpose: .reset, from: scene.portal)
            return try await scene.vault.registration(of: ServiceScene.alice.id).methods.contains { method in
                reset.reset.methods.contains { $0.id == method.id }
            }
        }
        #expect(try await isOffered() == (value == .stable))
        scene.clock.advance(by: 3600)
        #expect(try await isOffered())
    }

    enum TrustedValue { case stable, changed, unmirrored }

    @Test("a trusted value that was taken away and set anew waits like one that changed, and who had it is told")
    func trustedAgain() async throws {
        var policy = Self.policy([.mobilePhone], minimum: 1)
        policy.coolingOff = 3600
        policy.trustDirectory = [.mobilePhone]
        let scene = try ServiceScene(policies: [policy])
        let alice = ServiceScene.alice.id
        func reset(_ number: String?) async throws -> [String] {
            scene.directory.change(alice) { $0.user.mobilePhone = number }
            if number != nil { scene.directory.date(ContactTimes(mobilePhone: scene.clock.now), of: alice) }
            _ = try await scene.desk.startReset(login: "alice", purpose: .reset, from: scene.portal)
            return try await scene.vault.dueMessages(limit: 9).filter { $0.message.code == nil }.map(\.message.to)
        }
        #expect(try await reset("+12025550142") == [])
        #expect(try await reset(nil) == ["+12025550142"])
        #expect(try await reset("+12025550199") == ["+12025550142"])
        let method = try #require(try await scene.vault.registration(of: alice).methods.first)
        #expect(method.changedAt == scene.clock.now && method.value == "+12025550199")
    }

    @Test("security questions: chosen from the list, no question and no answer twice, asked only after another proof")
    func questions() async throws {
        let scene = try ServiceScene(policies: [Self.policy([.email, .securityQuestions], gates: 2, minimum: 2)])
        let token = try await scene.signIn()
        try await scene.register(.email, "private@example.net", token: token)
        let bad: [[(String, String)]] = [
            [("pet", "Rex"), ("street", "Main")],
            [("pet", "Rex"), ("pet", "Max"), ("dish", "Soup")],
            [("pet", "Rex"), ("street", "REX"), ("dish", "Soup")],
            [("pet", "Rex"), ("street", "Main"), ("none", "Soup")],
            [("pet", "Rex"), ("street", "Main"), ("dish", "ab")],
            [("pet", "Rex"), ("street", "Main"), ("dish", "Which dish?")],
        ]
        for answers in bad {
            let refused = try await scene.refusal { try await scene.setAnswers(answers, token: token) }
            #expect(refused.code == .invalidValue && refused.field == "answers", "\(answers)")
        }
        let good = ["pet": "Rex", "street": "Main  Street", "dish": "Soup"]
        let view = try await scene.setAnswers(good.map { ($0, $1) }, token: token)
        #expect(view.state == .complete)

        let reset = try await scene.desk.startReset(login: "alice", purpose: .reset, from: scene.portal)
        #expect(!reset.reset.methods.contains { $0.kind == .securityQuestions })
        let id = try #require(view.methods.first { $0.method.kind == .securityQuestions }?.method.id)
        let email = try #require(reset.reset.methods.first { $0.kind == .email }?.id)
        let early = try await scene.refusal { try await scene.openReset(id, token: reset.token) }
        #expect(early.code == .wrongState || early.code == .notFound)
        let between = try await scene.passGate(email, token: reset.token)
        #expect(between.methods.contains { $0.id == id })
        let first = try await scene.openReset(id, token: reset.token)
        let asked = try #require(first.questions)
        #expect(asked.count == 2 && asked.allSatisfy { $0.text == "Which \($0.id)?" })
        // The same questions until they are answered.
        #expect(try await scene.openReset(id, token: reset.token).questions == asked)
        func answers(_ change: (String) -> String) -> ProofResponse {
            .answers(asked.map { QuestionAnswer(questionID: $0.id, answer: change(good[$0.id] ?? "")) })
        }
        let spaced = answers { $0.replacing("  ", with: " ") + ($0.contains(" ") ? "" : " ") }
        #expect(
            try await scene.refusal { try await scene.answerReset(id, spaced, token: reset.token) }.code == .wrongCode
        )
        let passed = try await scene.answerReset(id, answers { $0.uppercased() }, token: reset.token)
        #expect(passed.passed == 2)
    }

    @Test("recovery codes are shown once, work once each, and cannot be blocked by others' failures")
    func recoveryCodes() async throws {
        let scene = try ServiceScene(policies: [Self.policy([.recoveryCodes])])
        let token = try await scene.signIn()
        let added = try await scene.add(.recoveryCodes, token: token)
        let codes = try #require(added.shown?.codes)
        #expect(codes.count == 10 && Set(codes).count == 10)
        let id = added.method.method.id
        for round in 0..<3 {
            let flood = try await scene.desk.startReset(login: "alice", purpose: .reset, from: scene.portal)
            for _ in 0..<5 {
                let wrong = try await scene.refusal {
                    try await scene.answerReset(id, .code("1-AAAA-BBBB-CCCC-DDDD"), token: flood.token)
                }
                #expect(wrong.code == .wrongCode, "\(round)")
            }
        }
        let reset = try await scene.desk.startReset(login: "alice", purpose: .reset, from: scene.portal)
        let typed = codes[3].lowercased().replacing("-", with: " ").replacing("4 ", with: "4-")
        #expect(try await scene.answerReset(id, .code(typed), token: reset.token).passed == 1)
        let again = try await scene.desk.startReset(login: "alice", purpose: .reset, from: scene.portal)
        let spent = try await scene.refusal { try await scene.answerReset(id, .code(codes[3]), token: again.token) }
        #expect(spent.code == .wrongCode)
    }
}
