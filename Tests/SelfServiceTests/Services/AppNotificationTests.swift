import Audit
import Crypto
import Foundation
import Identity
import LatchkeyTesting
import SelfService
import Testing
import Vault

/// A device with a key, its registration, and what it signs.
private struct Device: Sendable {
    let key = P256.Signing.PrivateKey()

    var publicKey: String { key.publicKey.derRepresentation.base64EncodedString() }

    func request(for person: EntryID) throws -> MethodRequest {
        var request = MethodRequest(kind: .appNotification)
        request.publicKey = publicKey
        request.pushToken = "device-1"
        let text = SignedText.device(person: person, publicKey: publicKey, pushToken: "device-1")
        request.proof = try key.signature(for: Data(text.utf8)).derRepresentation.base64EncodedString()
        return request
    }

    func decision(
        _ decision: ApprovalDecision,
        _ view: ChallengeView,
        number: String,
        purpose: String = "registration",
        person: EntryID = ServiceScene.alice.id
    ) throws -> AppDecision {
        let text = SignedText.approval(
            challenge: view.challenge.id,
            person: person,
            purpose: purpose,
            decision: decision,
            number: number,
            expiresAt: view.challenge.expiresAt
        )
        let signature = try key.signature(for: Data(text.utf8)).derRepresentation
        return AppDecision(challengeID: view.challenge.id, decision: decision, number: number, signature: signature)
    }
}

@Suite("Notifications to an app")
struct AppNotificationTests {
    private static let policy = Policy(
        name: "everybody",
        methods: [AllowedMethod(.appNotification), AllowedMethod(.email)],
        register: .init(minimum: 1),
        resetGates: 1
    )
    private let gateway = Caller(frontend: "app")

    private func enrolled(_ scene: ServiceScene, _ device: Device) async throws -> (id: String, token: String) {
        let token = try await scene.signIn()
        let added = try await scene.desk.addMethod(
            try device.request(for: ServiceScene.alice.id),
            token: token,
            from: scene.portal
        )
        let id = added.method.method.id
        let opened = try await scene.openRegistration(id, token: token)
        let number = try #require(opened.challenge.number)
        try await scene.desk.decideApproval(try device.decision(.approve, opened, number: number), from: gateway)
        return (id, token)
    }

    @Test("a device registers with a proof of its key, and the number on the page approves")
    func enrol() async throws {
        let scene = try ServiceScene(policies: [Self.policy])
        let (id, token) = try await enrolled(scene, Device())
        let view = try await scene.desk.registration(token: token, from: scene.portal)
        #expect(view.state == .complete && view.methods.first { $0.method.id == id }?.method.state == .verified)
        let message = try #require(try await scene.vault.dueMessages(limit: 9).last?.message)
        #expect(message.channel == .notification && message.to == "device-1")
        #expect(message.code == nil && !message.body.contains(where: \.isNumber))
    }

    @Test("a number on the page, a closed challenge and the end of prompts look the same for nobody")
    func decoys() async throws {
        var policy = Self.policy
        policy.methods = [AllowedMethod(.appNotification)]
        let scene = try ServiceScene(policies: [policy])
        _ = try await enrolled(scene, Device())
        scene.clock.advance(by: 4000)
        var courses: [[String]] = []
        for login in ["alice", "nobody"] { courses.append(try await course(of: login, scene)) }
        #expect(courses[0] == courses[1])
        // What is asked for in another session does not end it.
        #expect(courses[0].suffix(2) == ["pending", "too-many-attempts"])
    }

    /// What somebody sees who is asked to confirm a number, and waits.
    private func course(of login: String, _ scene: ServiceScene) async throws -> [String] {
        let (desk, portal) = (scene.desk, scene.portal)
        let started = try await desk.startReset(login: login, purpose: .reset, from: portal)
        let id = try #require(started.reset.methods.first).id
        let first = try await scene.openReset(id, token: started.token)
        let number = try #require(first.challenge.number)
        var seen = ["\(number.count)", "\(number.allSatisfy(\.isNumber))", "\(first.challenge.state)"]
        let typed = try await scene.refusal {
            try await desk.answerResetChallenge(first.challenge.id, .code(number), token: started.token, from: portal)
        }
        seen.append(typed.code.description)
        let later = try await desk.startReset(login: login, purpose: .reset, from: portal).token
        for _ in 0..<2 { seen.append("\(try await scene.openReset(id, token: later).challenge.state)") }
        let older = try await desk.resetChallenge(first.challenge.id, token: started.token, from: portal)
        seen.append("\(older.challenge.state)")
        seen.append(try await scene.refusal { try await scene.openReset(id, token: later) }.code.description)
        return seen
    }

    @Test("a device without the key it names does not register")
    func foreignKey() async throws {
        let scene = try ServiceScene(policies: [Self.policy])
        let token = try await scene.signIn()
        var request = try Device().request(for: ServiceScene.alice.id)
        request.publicKey = Device().publicKey
        let foreign = try await scene.refusal {
            try await scene.desk.addMethod(request, token: token, from: scene.portal)
        }
        #expect(foreign.field == "proof")
        let other = try Device().request(for: EntryID(folding: [9]))
        let person = try await scene.refusal { try await scene.desk.addMethod(other, token: token, from: scene.portal) }
        #expect(person.field == "proof")
        var url = try Device().request(for: ServiceScene.alice.id)
        url.pushToken = "https://evil.example/push"
        let pushed = try await scene.refusal { try await scene.desk.addMethod(url, token: token, from: scene.portal) }
        #expect(pushed.field == "pushToken")
    }

    @Test("nothing is approved by another key, another number, another purpose, another challenge, or twice")
    func mismatches() async throws {
        let scene = try ServiceScene(policies: [Self.policy])
        let device = Device()
        let (id, _) = try await enrolled(scene, device)
        let reset = try await scene.desk.startReset(login: "alice", purpose: .reset, from: scene.portal)
        let opened = try await scene.openReset(id, token: reset.token)
        let number = try #require(opened.challenge.number)
        let wrongNumber = number == "11" ? "12" : "11"
        let attempts = [
            try Device().decision(.approve, opened, number: number, purpose: "reset"),
            try device.decision(.approve, opened, number: wrongNumber, purpose: "reset"),
            try device.decision(.approve, opened, number: number, purpose: "unlock"),
            try device.decision(.approve, opened, number: number, purpose: "reset", person: EntryID(folding: [9])),
            AppDecision(challengeID: opened.challenge.id, decision: .approve, number: number, signature: Data([1])),
        ]
        for attempt in attempts {
            let refused = try await scene.refusal { try await scene.desk.decideApproval(attempt, from: gateway) }
            #expect(refused.code == .wrongCode)
        }
        #expect(try await scene.desk.reset(token: reset.token, from: scene.portal).passed == 0)
        let right = try device.decision(.approve, opened, number: number, purpose: "reset")
        try await scene.desk.decideApproval(right, from: gateway)
        #expect(try await scene.desk.reset(token: reset.token, from: scene.portal).passed == 1)
        let twice = try await scene.refusal { try await scene.desk.decideApproval(right, from: gateway) }
        #expect(twice.code == .challengeClosed)
    }

    @Test("somebody else's bad signatures do not use up the guesses of a challenge")
    func floodOfSignatures() async throws {
        let scene = try ServiceScene(policies: [Self.policy])
        let device = Device()
        let (id, _) = try await enrolled(scene, device)
        let reset = try await scene.desk.startReset(login: "alice", purpose: .reset, from: scene.portal)
        let opened = try await scene.openReset(id, token: reset.token)
        let number = try #require(opened.challenge.number)
        for _ in 0..<30 {
            _ = try await scene.refusal {
                try await scene.desk.decideApproval(
                    try Device().decision(.approve, opened, number: number, purpose: "reset"),
                    from: gateway
                )
            }
        }
        try await scene.desk.decideApproval(
            try device.decision(.approve, opened, number: number, purpose: "reset"),
            from: gateway
        )
    }

    @Test("a denial ends the prompts and freezes, until an administrator lifts it")
    func denial() async throws {
        let scene = try ServiceScene(policies: [Self.policy])
        let device = Device()
        let (id, token) = try await enrolled(scene, device)
        let reset = try await scene.desk.startReset(login: "alice", purpose: .reset, from: scene.portal)
        let opened = try await scene.openReset(id, token: reset.token)
        try await scene.desk.decideApproval(
            try device.decision(.deny, opened, number: "", purpose: "reset"),
            from: gateway
        )
        let challenge = try await scene.desk.resetChallenge(opened.challenge.id, token: reset.token, from: scene.portal)
        #expect(challenge.challenge.state == .denied)
        #expect(try await scene.refusal { try await scene.openReset(id, token: reset.token) }.code == .wrongState)
        let dead = try await scene.refusal { try await scene.desk.registration(token: token, from: scene.portal) }
        #expect(dead.code == .invalidToken)
        let again = try await scene.signIn()
        let frozen = try await scene.refusal { try await scene.add(.email, "x@example.net", token: again) }
        #expect(frozen.code == .notPermitted)
        let truth = Caller(frontend: "portal", maySeeTruth: true)
        let refused = try await scene.refusal {
            try await scene.desk.startReset(login: "alice", purpose: .reset, from: truth)
        }
        #expect(refused.code == .notPermitted)
        #expect(try await scene.vault.frozenPeople(limit: 5).map(\.person) == [ServiceScene.alice.id])
        let lifted = try await scene.vault.lift(
            ServiceScene.alice.id,
            reason: "called back",
            by: .administrator(uid: 1)
        )
        #expect(lifted)
        _ = try await scene.desk.startReset(login: "alice", purpose: .reset, from: truth)
    }

    @Test("nobody is prompted more than three times an hour")
    func prompts() async throws {
        let scene = try ServiceScene(policies: [Self.policy])
        let (id, _) = try await enrolled(scene, Device())
        scene.clock.advance(by: 3601)
        for _ in 0..<3 {
            let reset = try await scene.desk.startReset(login: "alice", purpose: .reset, from: scene.portal)
            _ = try await scene.openReset(id, token: reset.token)
        }
        let reset = try await scene.desk.startReset(login: "alice", purpose: .reset, from: scene.portal)
        let fourth = try await scene.refusal { try await scene.openReset(id, token: reset.token) }
        #expect(fourth.code == .tooManyAttempts)
    }
}
