import Foundation
import Identity
import LatchkeyTesting
import SelfService
import Testing
import Vault

/// Two hold the same thing and use it at the same moment, again and again: one of them wins, each time.
@Suite("Two at once, a thousand times")
struct RaceTests {
    private static let rounds = 1000
    private static let person = VaultScene.person(1)

    /// How many of two who do the same at once succeed.
    private static func winners(_ attempt: @escaping @Sendable () async throws -> Bool) async throws -> Int {
        async let one = attempt()
        async let other = attempt()
        return try await [one, other].count { $0 }
    }

    /// Repeats a round, with the time between that every limit is free again.
    private func eachRound(_ round: (VaultScene) async throws -> Int) async throws {
        let place = try TemporaryPlace()
        let scene = try place.scene()
        var outcomes: [Int: Int] = [:]
        for _ in 0..<Self.rounds {
            outcomes[try await round(scene), default: 0] += 1
            scene.clock.advance(by: 86_400)
        }
        #expect(outcomes == [1: Self.rounds])
    }

    @Test("one link")
    func link() async throws {
        try await eachRound { (scene) async throws in
            let mail = try await Self.mail(scene)
            let token = try await scene.handedOver(to: mail, of: Self.person)
            return try await Self.winners { try await scene.redeem(token, Self.person, mail) != nil }
        }
    }

    @Test("one code")
    func code() async throws {
        try await eachRound { (scene) async throws in
            let mail = try await Self.mail(scene)
            let session = try await scene.reset(.person(Self.person)).session
            let challenge = try await scene.opened(mail, in: session)
            return try await Self.winners {
                try await scene.answer(VaultScene.code, challenge, in: session).isPassed
            }
        }
    }

    @Test("one session")
    func session() async throws {
        try await eachRound { (scene) async throws in
            let session = try await scene.proven(Self.person, try await Self.mail(scene)).session
            return try await Self.winners { try await scene.begin(of: Self.person, in: session) != nil }
        }
    }

    @Test("one step of an authenticator")
    func step() async throws {
        let seed = Data(repeating: 7, count: TOTP.seedByteCount)
        try await eachRound { (scene) async throws in
            let app = try await Self.app(seed, scene)
            let code = TOTP(seed: seed).code(step: TOTP.step(at: scene.clock.now))
            let session = try await scene.reset(.person(Self.person)).session
            let challenge = try await scene.openedSilently(app, in: session)
            return try await Self.winners { try await scene.answer(code, challenge, in: session).isPassed }
        }
    }

    private static func mail(_ scene: VaultScene) async throws -> RegisteredMethod {
        let methods = try await scene.store.registration(of: person).methods
        if let mail = methods.first { return mail }
        return try await scene.verified("a@x.org", of: person)
    }

    private static func app(_ seed: Data, _ scene: VaultScene) async throws -> RegisteredMethod {
        if let app = try await scene.store.registration(of: person).methods.first { return app }
        let secret = MethodSecret.authenticator(AuthenticatorSecret(seed: seed))
        let added = try await scene.add(MethodDraft(.authenticator, secret: secret, state: .verified), to: person)
        return try #require(added)
    }
}
