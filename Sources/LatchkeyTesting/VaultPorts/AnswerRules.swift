import Foundation
import Identity
import SelfService

extension VaultRule {
    private static let person = VaultScene.person(1)

    static let answers: [VaultRule] = [
        VaultRule("the right code verifies the method and makes the session fresh") { scene in
            let method = try await scene.add("a@x.org", to: person)
            let issued = try await scene.signIn(.person(person))
            let challenge = try await scene.opened(method, in: issued.session)
            guard case .passed(let session) = try await scene.answer(VaultScene.code, challenge, in: issued.session)
            else { throw RuleBroken(description: "the right code is not right") }
            let fresh = scene.clock.now.addingTimeInterval(scene.lifetimes.freshProof)
            try expect(session.freshUntil == fresh, "fresh for ten minutes")
            let found = try await scene.store.session(token: issued.token, frontend: VaultScene.frontend)
            try expect(found == session, "and the token knows it")
            let stored = try await scene.store.registration(of: person).methods.first
            try expect(stored?.state == .verified && stored?.isDefault == true, "verified and default")
            try expect(stored?.verifiedAt == scene.clock.now, "verified now")
            try expect(try await scene.store.challenge(challenge.id, in: session)?.state == .passed, "passed")
            try expect(try await scene.answer(VaultScene.code, challenge, in: session) == .closed, "a code works once")
        },
        VaultRule("a code of any other shape is simply wrong, and counts") { scene in
            let method = try await scene.add("a@x.org", to: person)
            let session = try await scene.signIn(.person(person)).session
            let challenge = try await scene.opened(method, in: session)
            let shapes = ["", " \(VaultScene.code)", "\(VaultScene.code)\u{0}", String(repeating: "9", count: 1 << 20)]
            for shape in shapes {
                try expect(try await scene.answer(shape, challenge, in: session) == .wrong, "\(shape.count) characters")
            }
            try expect(try await scene.answer("４８１５１６", challenge, in: session) == .wrong, "other digits")
            let state = try await scene.store.challenge(challenge.id, in: session)?.state
            try expect(state == .failed, "five wrong answers fail the challenge")
            try expect(try await scene.answer(VaultScene.code, challenge, in: session) == .closed, "also for the right")
        },
        VaultRule("a code is good for its own challenge only") { scene in
            let first = try await scene.add("a@x.org", to: person)
            let second = try await scene.add("b@x.org", to: person)
            let session = try await scene.signIn(.person(person)).session
            let one = try await scene.opened(first, in: session, code: "111111")
            let two = try await scene.opened(second, in: session, code: "222222")
            try expect(try await scene.answer("222222", one, in: session) == .wrong, "not for the other method")
            try expect(try await scene.answer("111111", two, in: session) == .wrong, "nor the other way round")
            let unknown = Challenge(
                id: "no-such",
                methodID: first.id,
                kind: .email,
                via: nil,
                expiresAt: .now,
                state: .pending
            )
            try expect(try await scene.answer("111111", unknown, in: session) == .notFound, "none is not found")
        },
        VaultRule("a decoy's challenge looks real and never passes") { scene in
            let decoy = Subject.decoy(VaultScene.person(8))
            let method = VaultScene.decoyMethod()
            let session = try await scene.reset(decoy).session
            let challenge = try await scene.opened(method, in: session)
            try expect(challenge.state == .pending, "it is pending")
            for _ in 0..<scene.limits.answersPerChallenge {
                try expect(try await scene.answer(VaultScene.code, challenge, in: session) == .wrong, "never right")
            }
            try expect(try await scene.store.challenge(challenge.id, in: session)?.state == .failed, "it fails alike")
            guard case .limited = try await scene.open(method, in: session) else {
                throw RuleBroken(description: "a decoy is not limited as a person is")
            }
        },
        VaultRule("a decoy never passes, not even under the id and with the method of a real person") { scene in
            let method = try await scene.verified("a@x.org", of: person)
            let session = try await scene.reset(.decoy(person)).session
            let challenge = try await scene.opened(method, in: session)
            try expect(try await scene.answer(VaultScene.code, challenge, in: session) == .wrong, "it is wrong")
            try expect(try await scene.begin(of: person, in: session) == nil, "and nothing is written")
        },
        VaultRule("of two right answers at the same time exactly one wins") { scene in
            let method = try await scene.verified("a@x.org", of: person)
            let session = try await scene.reset(.person(person)).session
            let challenge = try await scene.opened(method, in: session)
            let answers = try await parallel(8) { _ in try await scene.answer(VaultScene.code, challenge, in: session) }
            try expect(answers.count { $0.isPassed } == 1, "one passed")
            try expect(answers.count { $0 == .closed } == 7, "the others found it closed")
        },
        VaultRule("wrong answers at the same time are all counted") { scene in
            let method = try await scene.verified("a@x.org", of: person)
            let session = try await scene.reset(.person(person)).session
            let challenge = try await scene.opened(method, in: session)
            let answers = try await parallel(20) { _ in
                try await scene.answer(VaultScene.wrongCode, challenge, in: session)
            }
            try expect(answers.count { $0 == .wrong } == 5, "five were looked at")
            try expect(answers.count { $0 == .closed } == 15, "the others were not")
            guard case .limited = try await scene.open(method, in: session) else {
                throw RuleBroken(description: "a new code resets the count")
            }
        },
        VaultRule("an answer after a clock was set back is still counted") { scene in
            let method = try await scene.verified("a@x.org", of: person)
            let session = try await scene.reset(.person(person)).session
            let challenge = try await scene.opened(method, in: session)
            for _ in 0..<5 {
                _ = try await scene.answer(VaultScene.wrongCode, challenge, in: session)
                scene.clock.advance(by: -60)
            }
            guard case .limited(let wait) = try await scene.open(method, in: session) else {
                throw RuleBroken(description: "the clock undid the limit")
            }
            try expect(wait <= Int(scene.limits.window), "and the wait is no longer than the window")
        },
    ]

    private static func parallel<Value: Sendable>(
        _ count: Int,
        _ work: @escaping @Sendable (Int) async throws -> Value
    ) async throws -> [Value] {
        try await withThrowingTaskGroup(of: Value.self) { group in
            for index in 0..<count { group.addTask { try await work(index) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }
}
