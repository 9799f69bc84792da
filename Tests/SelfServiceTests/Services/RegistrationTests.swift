import Audit
import Foundation
import Identity
import LatchkeyTesting
import SelfService
import Testing
import Vault

@Suite("Registering methods")
struct RegistrationTests {
    @Test("a first registration needs the password only, and is complete when the policy is met")
    func first() async throws {
        let scene = try ServiceScene(policies: [ServiceScene.twoGates, ServiceScene.oneGate])
        scene.directory.change(ServiceScene.alice.id) { $0.user.roles = ["staff"] }
        let token = try await scene.signIn()
        #expect(try await scene.desk.registration(token: token, from: scene.portal).state == .incomplete)
        try await scene.register(.email, "private@example.net", token: token)
        let verified = try await scene.register(.mobilePhone, "+12025550142", token: token)
        #expect(verified.method.method.state == .verified)
        #expect(try await scene.desk.registration(token: token, from: scene.portal).state == .complete)
    }

    @Test("who has only the password of somebody registered learns, adds, changes and removes nothing")
    func stolenPassword() async throws {
        let scene = try ServiceScene()
        try await scene.registerAlice()
        let thief = try await scene.signIn()
        let (desk, portal) = (scene.desk, scene.portal)
        let view = try await desk.registration(token: thief, from: portal)
        #expect(view.methods.allSatisfy { !$0.showsValue })
        let id = try #require(view.methods.first?.method.id)
        let calls: [() async throws -> Void] = [
            { _ = try await scene.add(.email, "t@x.example", token: thief) },
            { _ = try await desk.changeMethod(id, label: "mine", isDefault: nil, token: thief, from: portal) },
            { try await desk.removeMethod(id, token: thief, from: portal) },
        ]
        for call in calls { #expect(try await scene.refusal(call).code == .freshProofRequired) }
        #expect(try await desk.registration(token: thief, from: portal).methods == view.methods)
    }

    @Test("a method planted with a stolen password before the registration cannot be verified after it")
    func planted() async throws {
        let scene = try ServiceScene()
        let thief = try await scene.signIn()
        let (desk, portal) = (scene.desk, scene.portal)
        let planted = try await scene.add(.mobilePhone, "+12025550199", token: thief)
        let early = try await desk.openRegistrationChallenge(
            methodID: planted.method.method.id,
            via: nil,
            token: thief,
            from: portal
        )
        let code = scene.lastCode
        let alice = try await scene.signIn()
        try await scene.register(.email, "private@example.net", token: alice)
        let answered = try await scene.refusal {
            try await desk.answerRegistrationChallenge(early.challenge.id, .code(code), token: thief, from: portal)
        }
        #expect(answered.code == .freshProofRequired)
        let opened = try await scene.refusal {
            try await desk.openRegistrationChallenge(
                methodID: planted.method.method.id,
                via: nil,
                token: thief,
                from: portal
            )
        }
        #expect(opened.code == .freshProofRequired)
    }

    @Test("nobody gets more messages by adding other numbers")
    func messageBudget() async throws {
        let scene = try ServiceScene()
        let token = try await scene.signIn()
        let (desk, portal) = (scene.desk, scene.portal)
        func send(to number: String) async throws {
            let added = try await scene.add(.mobilePhone, number, token: token)
            let id = added.method.method.id
            _ = try await desk.openRegistrationChallenge(methodID: id, via: nil, token: token, from: portal)
            try await desk.removeMethod(id, token: token, from: portal)
        }
        let limit = scene.environment.limits.messagesPerPerson
        for number in 0..<limit { try await send(to: "+1202555\(1000 + number)") }
        let error = try await scene.refusal { try await send(to: "+12025559999") }
        #expect(error.code == .tooManyAttempts)
    }

    @Test("a proof is fresh for its time, in its session, and shows full values")
    func freshProof() async throws {
        let scene = try ServiceScene()
        try await scene.registerAlice()
        let token = try await scene.signIn()
        let other = try await scene.signIn()
        let (desk, portal) = (scene.desk, scene.portal)
        let id = try #require(try await desk.registration(token: token, from: portal).methods.first?.method.id)
        try await scene.prove(id, token: token)
        #expect(try await desk.registration(token: token, from: portal).methods.allSatisfy(\.showsValue))
        #expect(try await desk.registration(token: other, from: portal).methods.allSatisfy { !$0.showsValue })
        _ = try await desk.changeMethod(id, label: "home", isDefault: nil, token: token, from: portal)
        scene.clock.advance(by: 595)
        _ = try await desk.registration(token: token, from: portal)
        scene.clock.advance(by: 10)
        let late = try await scene.refusal { try await desk.removeMethod(id, token: token, from: portal) }
        #expect(late.code == .freshProofRequired)
    }

    @Test("a removed last method does not open the door to the password alone")
    func removedLast() async throws {
        let scene = try ServiceScene()
        let token = try await scene.signIn()
        let verified = try await scene.register(.email, "private@example.net", token: token)
        try await scene.desk.removeMethod(verified.method.method.id, token: token, from: scene.portal)
        #expect(try await scene.desk.registration(token: token, from: scene.portal).state == .incomplete)
    }

    @Test("somebody whose role brought another policy must sign in again before adding")
    func roleChanged() async throws {
        let scene = try ServiceScene(policies: [ServiceScene.twoGates, ServiceScene.oneGate])
        let token = try await scene.signIn()
        scene.directory.change(ServiceScene.alice.id) { $0.user.roles = ["staff"] }
        let error = try await scene.refusal {
            try await scene.add(.email, "a@b.example", token: token)
        }
        #expect(error.code == .invalidToken)
    }

    @Test("a token of a reset registers nothing, and one of another front end is none")
    func foreignTokens() async throws {
        let scene = try ServiceScene()
        try await scene.registerAlice()
        let reset = try await scene.provenReset()
        let signedIn = try await scene.signIn()
        let elsewhere = Caller(frontend: "elsewhere")
        for (token, caller) in [(reset, scene.portal), (signedIn, elsewhere), ("nonsense", scene.portal)] {
            let error = try await scene.refusal { try await scene.desk.registration(token: token, from: caller) }
            #expect(error.code == .invalidToken)
        }
    }

    @Test("a confirmation ends the reminder")
    func confirmation() async throws {
        var policy = ServiceScene.oneGate
        policy.reconfirmAfter = 86_400
        let scene = try ServiceScene(policies: [policy])
        try await scene.registerAlice()
        scene.clock.advance(by: 86_401)
        let token = try await scene.signIn()
        #expect(try await scene.desk.registration(token: token, from: scene.portal).state == .reconfirm)
        #expect(try await scene.confirms(token: token).state == .complete)
    }
}
