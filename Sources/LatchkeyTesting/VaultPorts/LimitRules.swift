import Foundation
import Identity
import SelfService

extension VaultRule {
    private static let person = VaultScene.person(1)

    static let limits: [VaultRule] = [
        VaultRule("wrong answers are counted per person and method, and a resend does not reset them") { scene in
            let method = try await scene.verified("a@x.org", of: person)
            let phone = try await scene.verified("+12025550142", .mobilePhone, of: person)
            let session = try await scene.reset(.person(person), gates: 2).session
            let first = try await scene.opened(method, in: session)
            for _ in 0..<4 { _ = try await scene.answer(VaultScene.wrongCode, first, in: session) }
            let second = try await scene.opened(method, in: session)
            try expect(try await scene.answer(VaultScene.wrongCode, second, in: session) == .wrong, "the fifth")
            scene.clock.advance(by: 100)
            let sixth = try await scene.answer(VaultScene.code, second, in: session)
            try expect(sixth == .limited(retryAfter: 3500), "also the right code has to wait: \(sixth)")
            let again = try await scene.open(method, in: session)
            try expect(again == .limited(retryAfter: 3500), "and a new code")
            let challenge = try await scene.opened(phone, in: session)
            try expect(try await scene.answer(VaultScene.code, challenge, in: session).isPassed, "the phone is free")
        },
        VaultRule("the wait for wrong answers ends when the oldest leaves the window") { scene in
            let method = try await scene.verified("a@x.org", of: person)
            for step in 0..<5 {
                let session = try await scene.reset(.person(person)).session
                let challenge = try await scene.opened(method, in: session)
                _ = try await scene.answer(VaultScene.wrongCode, challenge, in: session)
                if step < 4 { scene.clock.advance(by: 600) }
            }
            let session = try await scene.reset(.person(person)).session
            let wait = try await scene.open(method, in: session)
            try expect(wait == .limited(retryAfter: 1200), "3600 seconds after the first: \(wait)")
            scene.clock.advance(by: 1200)
            let next = try await scene.reset(.person(person)).session
            let challenge = try await scene.opened(method, in: next)
            try expect(try await scene.answer(VaultScene.wrongCode, challenge, in: next) == .wrong, "one is free")
            let more = try await scene.answer(VaultScene.code, challenge, in: next)
            try expect(more == .limited(retryAfter: 600), "and only one: \(more)")
        },
        VaultRule("a right answer is no wrong one") { scene in
            let method = try await scene.verified("a@x.org", of: person)
            for _ in 0..<7 {
                _ = try await scene.proven(person, method)
                scene.clock.advance(by: 60)
            }
        },
        VaultRule("somebody else's wrong answers do not count") { scene in
            let other = VaultScene.person(2)
            let mine = try await scene.verified("a@x.org", of: person)
            let theirs = try await scene.verified("a@x.org", of: other)
            let session = try await scene.reset(.person(other)).session
            let challenge = try await scene.opened(theirs, in: session)
            for _ in 0..<5 { _ = try await scene.answer(VaultScene.wrongCode, challenge, in: session) }
            _ = try await scene.proven(person, mine)
        },
        VaultRule("three messages to a destination need no pause, later ones half a minute, ten are an hour's") {
            scene in
            let method = try await scene.verified("a@x.org", of: person)
            try await scene.expectBudget(.person(person), method)
        },
        VaultRule("who floods somebody with messages leaves another client the first one of its day") { scene in
            for (subject, method) in [
                (Subject.person(person), try await scene.verified("a@x.org", of: person)),
                (.decoy(VaultScene.person(8)), VaultScene.decoyMethod()),
            ] {
                var opening = try await scene.ask(method, of: subject, from: "c0000201")
                for _ in 0..<40 { opening = try await scene.ask(method, of: subject, from: "c0000201") }
                guard case .limited = opening else { throw RuleBroken(description: "the flood goes on: \(opening)") }
                opening = try await scene.ask(method, of: subject, from: nil)
                guard case .limited = opening else { throw RuleBroken(description: "nobody's client: \(opening)") }
                opening = try await scene.ask(method, of: subject, from: "c0000202")
                guard case .opened = opening else { throw RuleBroken(description: "no first message: \(opening)") }
                opening = try await scene.ask(method, of: subject, from: "c0000202")
                guard case .limited = opening else { throw RuleBroken(description: "and only the first: \(opening)") }
            }
        },
        VaultRule("what clients are left beyond a destination's limit is a fifth, however many they are") { scene in
            let method = try await scene.verified("a@x.org", of: person)
            var opened = 0
            for number in 0..<40 {
                scene.clock.advance(by: 31)
                let opening = try await scene.ask(method, of: .person(person), from: "client \(number)")
                if case .opened = opening { opened += 1 }
            }
            let limit = Limits.withReserve(scene.limits.messagesPerDestination)
            try expect(opened == limit, "\(limit), and not \(opened)")
        },
        VaultRule("a decoy's messages are limited like a person's") { scene in
            try await scene.expectBudget(.decoy(VaultScene.person(8)), VaultScene.decoyMethod())
        },
        VaultRule("one destination has one budget, whoever registered it and however it is spelled") { scene in
            let other = VaultScene.person(2)
            let mine = try await scene.verified("alice@x.org", of: person)
            let theirs = try await scene.verified("Alice@x.org", of: other)
            let session = try await scene.signIn(.person(person)).session
            for _ in 0..<3 { _ = try await scene.opened(mine, in: session) }
            let otherSession = try await scene.signIn(.person(other)).session
            let opening = try await scene.open(theirs, in: otherSession)
            try expect(opening == .limited(retryAfter: 30), "the other has to pause: \(opening)")
        },
        VaultRule("decoys do not share a budget") { scene in
            let method = VaultScene.decoyMethod()
            let first = try await scene.reset(.decoy(VaultScene.person(8))).session
            for _ in 0..<3 { _ = try await scene.opened(method, in: first) }
            let second = try await scene.reset(.decoy(VaultScene.person(7))).session
            _ = try await scene.opened(method, in: second)
        },
    ]
}

extension VaultScene {
    /// A stranger asks for a code, in a session of their own.
    fileprivate func ask(
        _ method: RegisteredMethod,
        of subject: Subject,
        from network: String?
    ) async throws -> ChallengeOpening {
        var draft = challengeDraft(method, in: try await reset(subject).session)
        draft.network = network
        return try await store.openChallenge(draft, limits: limits, by: Self.actor)
    }

    fileprivate func expectBudget(_ subject: Subject, _ method: RegisteredMethod) async throws {
        for _ in 0..<3 { _ = try await opened(method, in: try await reset(subject).session) }
        clock.advance(by: 10)
        var opening = try await open(method, in: try await reset(subject).session)
        try expect(opening == .limited(retryAfter: 20), "the fourth has to pause: \(opening)")
        for _ in 0..<7 {
            clock.advance(by: 30)
            _ = try await opened(method, in: try await reset(subject).session)
        }
        clock.advance(by: 30)
        opening = try await open(method, in: try await reset(subject).session)
        try expect(opening == .limited(retryAfter: 3600 - 10 - 8 * 30), "the eleventh has to wait: \(opening)")
    }
}
