import Audit
import Foundation
import Identity
import LatchkeyTesting
import SelfService
import Testing
import Vault

/// Who asks for a name learns nothing from what is done: the same questions to mirror, directory and vault, in the same
/// order, and the same answers, whoever the name is of.
@Suite("The same is done for everybody")
struct UniformWorkTests {
    enum Somebody: String, CaseIterable {
        case nobody, registered, unregistered, protected, disabled, frozen, elsewhere
    }

    private static let login = "alice"

    private static let policies = [
        Policy(
            name: "elsewhere",
            roles: ["elsewhere"],
            methods: [],
            register: .init(minimum: 0),
            resetGates: 1,
            passwordElsewhere: "Your password is kept by your company."
        ),
        Policy(
            name: "everybody",
            methods: [AllowedMethod(.email), AllowedMethod(.recoveryCodes)],
            register: .init(minimum: 2),
            resetGates: 2
        ),
    ]

    /// A front desk over ports that are noted.
    private struct Desk {
        let scene: ServiceScene
        let desk: FrontDesk
        let journal = CallJournal()

        init(_ scene: ServiceScene) {
            var environment = scene.environment
            environment.people = RecordedPeople(people: scene.directory, journal: journal)
            environment.directory = RecordedDirectory(directory: scene.directory, journal: journal)
            environment.vault = RecordedVault(vault: scene.vault, journal: journal)
            environment.links = LinkRules(baseURL: "https://account.example.org/reset")
            desk = FrontDesk(environment: environment)
            self.scene = scene
        }

        /// What a question is answered with, in short, and what was asked of the ports meanwhile.
        func asks<Value>(_ question: (FrontDesk) async throws -> Value) async throws -> Answered<Value> {
            _ = journal.take()
            do {
                let value = try await question(desk)
                return Answered(step: Step(answer: "done", calls: journal.take()), value: value)
            } catch let error as ServiceError {
                return Answered(step: Step(answer: error.code.description, calls: journal.take()), value: nil)
            }
        }
    }

    private struct Answered<Value> {
        let step: Step
        let value: Value?
    }

    struct Step: Equatable {
        var answer: String
        var calls: [String]
    }

    @Test("from the start of a reset to the gates that stay closed", arguments: [ResetPurpose.reset, .unlock])
    func resets(purpose: ResetPurpose) async throws {
        let nobody = try await Self.course(of: .nobody, purpose)
        #expect(
            nobody.map(\.answer) == [
                "done", "done", "done", "wrong-code", "done", "wrong-code", "invalid-token", "gates-open",
            ]
        )
        #expect(nobody.allSatisfy { !$0.calls.isEmpty })
        #expect(nobody[0].calls.count(where: { $0.hasPrefix("directory.") }) == 1, "\(nobody[0].calls)")
        for somebody in Somebody.allCases {
            let course = try await Self.course(of: somebody, purpose)
            for (step, expected) in zip(course, nobody) { #expect(step == expected, "\(somebody)") }
            #expect(course.count == nobody.count)
        }
    }

    @Test("when a link is asked for", arguments: Somebody.allCases)
    func links(somebody: Somebody) async throws {
        let address = "alice@example.org"
        func step(_ somebody: Somebody) async throws -> Step {
            let desk = Desk(try await Self.scene(with: somebody))
            return try await desk.asks { try await $0.sendResetLink(email: address, from: desk.scene.portal) }.step
        }
        var (own, expected) = (try await step(somebody), try await step(.nobody))
        #expect(own.answer == "done" && expected.answer == "done")
        // Who has the password elsewhere is told by a mail without a link: one call of the vault as well.
        own.calls = own.calls.map { $0 == "vault.tell" && somebody == .elsewhere ? "vault.makeLink" : $0 }
        #expect(own.calls == expected.calls)
        expected.calls = expected.calls.filter { $0.hasPrefix("directory.") }
        #expect(expected.calls == ["directory.account"])
    }

    @Test("when a password is wrong", arguments: Somebody.allCases)
    func signIns(somebody: Somebody) async throws {
        let steps = try await Self.wrongPasswords(of: somebody)
        #expect(try await steps == Self.wrongPasswords(of: .nobody))
        #expect(
            steps.map(\.answer) == ["sign-in-refused", "sign-in-refused", "too-many-attempts", "too-many-attempts"]
        )
    }

    private static func wrongPasswords(of somebody: Somebody) async throws -> [Step] {
        let desk = Desk(try await scene(with: somebody))
        var steps: [Step] = []
        for _ in 0..<4 {
            let answered = try await desk.asks {
                try await $0.signIn(login: login, password: Password("not it"), from: desk.scene.portal)
            }
            steps.append(answered.step)
        }
        return steps
    }

    /// Start, look, a code by mail and a wrong one, a recovery code that is none, and what needs the gates.
    private static func course(of somebody: Somebody, _ purpose: ResetPurpose) async throws -> [Step] {
        let desk = Desk(try await scene(with: somebody))
        let portal = desk.scene.portal
        let started = try await desk.asks { try await $0.startReset(login: login, purpose: purpose, from: portal) }
        let reset = try #require(started.value)
        #expect(reset.reset.methods.map(\.kind) == [.email, .recoveryCodes], "\(somebody)")
        let token = reset.token
        var steps = [started.step, try await desk.asks { try await $0.reset(token: token, from: portal) }.step]
        for method in reset.reset.methods {
            let opened = try await desk.asks {
                try await $0.openResetChallenge(methodID: method.id, via: nil, token: token, from: portal)
            }
            let id = try #require(opened.value).challenge.id
            let answered = try await desk.asks {
                try await $0.answerResetChallenge(id, .code("1-WRONG"), token: token, from: portal)
            }
            steps += [opened.step, answered.step]
        }
        let (check, write) = (Password("a new and longer one"), Password("a new and longer one"))
        steps.append(try await desk.asks { try await $0.checkPassword(check, token: token, from: portal) }.step)
        if purpose == .reset {
            steps.append(try await desk.asks { try await $0.setPassword(write, token: token, from: portal) }.step)
        } else {
            steps.append(try await desk.asks { try await $0.unlock(token: token, from: portal) }.step)
        }
        return steps
    }

    /// Where `alice` is that somebody.
    private static func scene(with somebody: Somebody) async throws -> ServiceScene {
        let scene = try ServiceScene(policies: policies, protectedRoles: ["admins"])
        let alice = ServiceScene.alice.id
        guard somebody != .nobody else {
            // Another name and another address: that of whom everybody asks is nobody's.
            scene.directory.change(alice) { account in
                account.user.login = "carol"
                account.user.email = "carol@example.org"
            }
            return scene
        }
        guard somebody != .unregistered else { return scene }
        let token = try await scene.signIn()
        try await scene.register(.email, "private@example.net", token: token)
        _ = try await scene.add(.recoveryCodes, token: token)
        switch somebody {
        case .protected: scene.directory.change(alice) { $0.user.roles = ["admins"] }
        case .disabled: scene.directory.change(alice) { $0.user.account = AccountStatus(state: .disabled) }
        case .frozen: try await scene.vault.freeze(alice, reason: "a test", by: .daemon)
        case .elsewhere: scene.directory.change(alice) { $0.user.roles = ["elsewhere"] }
        case .nobody, .registered, .unregistered: break
        }
        return scene
    }
}
