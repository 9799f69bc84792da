import Foundation
import Identity
import SelfService

extension VaultRule {
    private static let (home, elsewhere) = ("192.0.2.1", "198.51.100.1")

    static let knownNetworks: [VaultRule] = [
        VaultRule("strangers' wrong codes do not keep somebody out where they have proven who they are") { scene in
            let app = try await scene.app()
            try expect(try await scene.tries(true, app, from: home), "proven")
            try await scene.exhaust(app, from: elsewhere)
            try expect(try await !scene.tries(true, app, from: elsewhere), "strangers wait")
            try expect(try await !scene.tries(true, app, from: nil), "and who is nowhere")
            try expect(try await scene.tries(true, app, from: home), "the owner does not")
        },
        VaultRule("who is known is limited too, and all places where somebody is known have one allowance") { scene in
            let app = try await scene.app()
            for place in [home, elsewhere] { try expect(try await scene.tries(true, app, from: place), "proven") }
            try await scene.exhaust(app, from: home)
            try expect(try await !scene.tries(true, app, from: home), "it is used up")
            try expect(try await !scene.tries(true, app, from: elsewhere), "there as well")
            let found = try await scene.store.countedLimits(of: VaultScene.person(1), limits: scene.limits)
            try expect(found.contains { $0.what == .wrongAnswers && $0.count == 5 }, "it can be seen: \(found)")
            _ = try await scene.store.clearFailures(of: VaultScene.person(1), details: [:], by: VaultScene.actor)
            try expect(try await scene.tries(true, app, from: home), "and cleared")
        },
        VaultRule("a place is known once everything was proven from there, and for 30 days") { scene in
            let app = try await scene.app()
            try expect(try await scene.tries(true, app, gates: 2, from: home), "one gate of two")
            try await scene.exhaust(app, from: elsewhere)
            try expect(try await !scene.tries(true, app, from: home), "is not enough")
            scene.clock.advance(by: scene.limits.window)
            try expect(try await scene.tries(true, app, from: home), "proven")
            scene.clock.advance(by: 30 * 86400)
            try await scene.exhaust(app, from: elsewhere)
            try expect(try await !scene.tries(true, app, from: home), "after 30 days it is over")
        },
    ]
}

extension VaultScene {
    private static let seed = Data(repeating: 7, count: TOTP.seedByteCount)

    fileprivate func app() async throws -> RegisteredMethod {
        let secret = MethodSecret.authenticator(AuthenticatorSecret(seed: Self.seed))
        let draft = MethodDraft(.authenticator, secret: secret, state: .verified)
        return try unwrap(try await add(draft, to: VaultScene.person(1)), "an app")
    }

    /// In a reset of its own, with another code than the last time.
    /// - Returns: whether it was right; false, too, where none can be asked for.
    fileprivate func tries(
        _ isRight: Bool,
        _ app: RegisteredMethod,
        gates: Int = 1,
        from network: String?
    ) async throws -> Bool {
        clock.advance(by: 60)
        let session = try await reset(.person(VaultScene.person(1)), gates: gates).session
        var draft = ChallengeDraft(
            session: session,
            methodID: app.id,
            kind: app.kind,
            via: nil,
            code: Self.code,
            lifetime: lifetimes.code,
            message: nil
        )
        draft.network = network
        let opening = try await store.openChallenge(draft, limits: limits, by: Self.actor)
        guard case .opened(let challenge) = opening else { return false }
        var terms = terms
        terms.network = network
        let code = isRight ? TOTP(seed: Self.seed).code(step: TOTP.step(at: clock.now)) : "wrong"
        return try await store.answer(code, to: challenge.id, in: session, terms: terms, by: Self.actor).isPassed
    }

    fileprivate func exhaust(_ app: RegisteredMethod, from network: String?) async throws {
        for _ in 0..<limits.wrongAnswersPerMethod { _ = try await tries(false, app, from: network) }
    }
}
