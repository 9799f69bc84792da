import Audit
import Foundation
import Identity
package import SelfService

/// Methods that are proven by more than a code that was sent.
extension VaultRule {
    private static let person = VaultScene.person(1)

    static let methods: [VaultRule] = [
        VaultRule("the step of an authenticator's code is accepted once, by one of many at the same time") { scene in
            let seed = Data(repeating: 7, count: TOTP.seedByteCount)
            let draft = MethodDraft(.authenticator, secret: .authenticator(AuthenticatorSecret(seed: seed)))
            let method = try unwrap(try await scene.add(draft, to: person), "it is added")
            let code = { TOTP(seed: seed).code(step: TOTP.step(at: scene.clock.now)) }
            let session = try await scene.signIn(.person(person)).session
            let first = try await scene.openedSilently(method, in: session)
            try expect(try await scene.answer(code(), first, in: session).isPassed, "it verifies the method")
            let again = try await scene.openedSilently(method, in: session)
            try expect(try await scene.answer(code(), again, in: session) == .wrong, "the same step is spent")
            scene.clock.advance(by: 30)
            let challenge = try await scene.openedSilently(method, in: session)
            let now = code()
            let passed = try await scene.many(16) { try await scene.answer(now, challenge, in: session).isPassed }
            try expect(passed == 1, "\(passed) won")
        },
        VaultRule("a recovery code is spent once, whoever compares it at the same time") { scene in
            var codes = RecoveryCodeSecrets()
            codes.codes = [.init(number: 1, verifier: .sample), .init(number: 2, verifier: .sample)]
            let draft = MethodDraft(.recoveryCodes, secret: .codes(codes), state: .verified)
            let method = try unwrap(try await scene.add(draft, to: person), "they are added")
            let passed = try await scene.many(8) {
                let session = try await scene.reset(.person(person)).session
                let challenge = try await scene.openedSilently(method, in: session)
                guard case .toCompare(let pending) = try await scene.answer("", challenge, in: session) else {
                    return false
                }
                return try await scene.conclude(pending, .rightCode(number: 1), in: session).isPassed
            }
            try expect(passed == 1, "\(passed) won")
            let left = try await scene.store.registration(of: person).methods.first?.secret
            codes.codes.removeFirst()
            try expect(left == .codes(codes), "the other is left")
        },
        VaultRule("an answer that is compared outside is counted before, and limited") { scene in
            let method = try await scene.questions(of: person)
            let session = try await scene.signIn(.person(person)).session
            let challenge = try await scene.openedSilently(method, in: session)
            let asked = try await scene.many(40) {
                guard case .toCompare = try await scene.answer("", challenge, in: session) else { return false }
                return true
            }
            try expect(asked == scene.limits.answersPerChallenge, "\(asked) were compared")
        },
        VaultRule("questions stay the same until they are answered, and are drawn anew then") { scene in
            let method = try await scene.questions(of: person)
            let session = try await scene.signIn(.person(person)).session
            let first = try await scene.openedSilently(method, in: session)
            try expect(first.questionIDs?.count == 2, "two of three are asked")
            for _ in 0..<5 {
                let again = try await scene.openedSilently(method, in: session)
                try expect(again.questionIDs == first.questionIDs, "the same ones")
            }
            let last = try await scene.openedSilently(method, in: session)
            guard case .toCompare(let pending) = try await scene.answer("", last, in: session) else {
                throw RuleBroken(description: "it is compared outside")
            }
            try expect(try await scene.conclude(pending, .right, in: session).isPassed, "it is right")
            guard case .answers(let secrets) = try await scene.store.registration(of: person).methods[0].secret else {
                throw RuleBroken(description: "the answers are there")
            }
            try expect(secrets.asked == nil, "the next are drawn anew")
        },
        VaultRule("keys in a call prove it once, and a number only with the number") { scene in
            let method = try await scene.verified("+12025550142", .mobilePhone, of: person)
            let session = try await scene.reset(.person(person)).session
            let challenge = try await scene.called(method, number: "42", in: session)
            try expect(challenge.number == "42", "the page shows it")
            try expect(try await scene.press("#", challenge) == .wrong, "a tap is not enough")
            let passed = try await scene.many(8) { try await scene.press("42", challenge).isPassed }
            try expect(passed == 1, "\(passed) won")
            try expect(try await scene.press("42", challenge) == .closed, "and never again")
            try expect(
                try await scene.store.answerCall(
                    "nothing",
                    digits: "42",
                    terms: scene.terms,
                    by: VaultScene.actor
                ) == .notFound,
                "no other call"
            )
        },
        VaultRule("who is frozen proves nothing, until it is lifted") { scene in
            let method = try await scene.verified("a@x.org", of: person)
            let session = try await scene.reset(.person(person)).session
            let challenge = try await scene.opened(method, in: session)
            try await scene.store.freeze(person, reason: "called", by: VaultScene.actor)
            try expect(try await scene.answer(VaultScene.code, challenge, in: session) == .closed, "not the old code")
            let late = try await scene.reset(.person(person)).session
            try expect(try await scene.open(method, in: late) == .wrongState, "no new code")
            try expect(try await scene.store.frozenPeople(limit: 9).map(\.person) == [person], "it is listed")
            try expect(try await scene.store.registration(of: person).frozenAt == scene.clock.now, "since now")
            let lifted = try await scene.store.lift(person, reason: "called back", by: VaultScene.actor)
            let twice = try await scene.store.lift(person, reason: "called back", by: VaultScene.actor)
            try expect(lifted && !twice, "lifted once")
            _ = try await scene.opened(method, in: late)
        },
        VaultRule("a proven session of somebody frozen meanwhile writes nothing") { scene in
            let method = try await scene.verified("a@x.org", of: person)
            let session = try await scene.proven(person, method)
            try await scene.store.freeze(person, reason: "called", by: VaultScene.actor)
            try expect(try await scene.begin(of: person, in: session.session) == nil, "no write begins")
        },
        VaultRule("a pass is spent by one of many, lives for its time, and somebody unknown has none") { scene in
            let expiry = scene.clock.now.addingTimeInterval(3600)
            let pass = AccessPassSecret(verifier: .sample, expiresAt: expiry)
            let draft = MethodDraft(.accessPass, secret: .pass(pass), state: .verified, source: .administrator)
            let method = try unwrap(try await scene.add(draft, to: person), "it is added")
            let counted = try await scene.store.countPass(.person(person), limits: scene.limits, by: VaultScene.actor)
            try expect(counted == .counted(methodID: method.id, pass), "it lives")
            let nobody = try await scene.store.countPass(
                .decoy(VaultScene.person(8)),
                limits: scene.limits,
                by: VaultScene.actor
            )
            try expect(nobody == .counted(methodID: nil, nil), "a decoy has none")
            let won = try await scene.many(8) {
                try await scene.store.spendPass(method.id, of: person, by: VaultScene.actor)
            }
            try expect(won == 1, "\(won) won")
            _ = try await scene.add(draft, to: person)
            scene.clock.advance(by: 3600)
            let late = try await scene.store.countPass(.person(person), limits: scene.limits, by: VaultScene.actor)
            try expect(late == .counted(methodID: nil, nil), "it is over")
        },
        VaultRule("what the directory has is a candidate, follows it, and gives way to what is proven") { scene in
            func adopt(_ value: String?, isTrusted: Bool = false) async throws -> [RegisteredMethod] {
                let values = value.map { [DirectoryValue(kind: .mobilePhone, value: $0, isTrusted: isTrusted)] } ?? []
                try await scene.store.adopt(values, for: person)
                return try await scene.store.registration(of: person).methods
            }
            var methods = try await adopt("+12025550101")
            try expect(methods.map(\.state) == [.candidate] && methods[0].source == .directory, "it is a candidate")
            methods = try await adopt("+12025550102")
            try expect(methods.map(\.value) == ["+12025550102"], "it follows")
            methods = try await adopt(nil)
            try expect(methods.isEmpty, "it goes with its value")
            methods = try await adopt("+12025550103", isTrusted: true)
            try expect(methods.map(\.state) == [.verified], "trusted, it counts")
            methods = try await adopt("+12025550103")
            try expect(methods.map(\.state) == [.candidate], "and no longer when it is not")
            _ = try await scene.verified("+12025550104", .mobilePhone, of: person)
            methods = try await adopt("+12025550103")
            try expect(methods.map(\.value) == ["+12025550104"], "what is proven stands alone")
        },
        VaultRule(
            "a candidate of the directory that the person has proven is theirs: it stays, and binds like their own"
        ) {
            scene in
            let first = DirectoryValue(kind: .mobilePhone, value: "+12025550101", isTrusted: false)
            try await scene.store.adopt([first], for: person)
            let candidate = try unwrap(try await scene.store.registration(of: person).methods.first, "a candidate")
            try expect(!candidate.isProven, "not proven yet")
            try await scene.prove(candidate, of: person)
            let mail = DirectoryValue(kind: .email, value: "a@x.org", isTrusted: true)
            let changed = DirectoryValue(kind: .mobilePhone, value: "+12025550199", isTrusted: true)
            for values in [[mail], [mail, changed], []] {
                try await scene.store.adopt(values, for: person)
                let proven = try await scene.store.registration(of: person).methods.first { $0.id == candidate.id }
                try expect(proven?.value == candidate.value && proven?.isProven == true, "it stays: \(values.count)")
            }
            let planted = try await scene.add("thief@x.org", to: person)
            let stolen = try await scene.signIn(.person(person)).session
            try expect(
                try await scene.open(planted, in: stolen) == .freshProofRequired,
                "a password alone adds nothing beside it"
            )
        },
    ]
}

extension SecretVerifier {
    static let sample = SecretVerifier(
        salt: Data([1]),
        hash: Data([2]),
        cost: 16,
        blockSize: 8,
        parallelism: 1
    )
}

extension RemoteAnswer {
    var isPassed: Bool { if case .passed = self { true } else { false } }
}

extension VaultScene {
    /// How many of so many at the same time say yes.
    fileprivate func many(_ count: Int, _ body: @escaping @Sendable () async throws -> Bool) async throws -> Int {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<count { group.addTask { try await body() } }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
    }

    /// Three answers, verified.
    fileprivate func questions(of person: EntryID) async throws -> RegisteredMethod {
        let answers = ["pet", "street", "dish"].map { AnswerSecrets.Answer(questionID: $0, verifier: .sample) }
        let secret = MethodSecret.answers(AnswerSecrets(answers: answers))
        let draft = MethodDraft(.securityQuestions, secret: secret, state: .verified)
        return try unwrap(try await add(draft, to: person), "they are added")
    }

    /// A challenge for which nothing is sent.
    package func openedSilently(_ method: RegisteredMethod, in session: Session) async throws -> Challenge {
        try await opened(
            ChallengeDraft(
                session: session,
                methodID: method.id,
                kind: method.kind,
                via: nil,
                code: Self.code,
                lifetime: lifetimes.code,
                message: nil,
                questions: method.kind == .securityQuestions ? QuestionDraft(count: 2, decoys: []) : nil
            )
        )
    }

    fileprivate func called(_ method: RegisteredMethod, number: String, in session: Session) async throws -> Challenge {
        try await opened(
            ChallengeDraft(
                session: session,
                methodID: method.id,
                kind: method.kind,
                via: .call,
                code: number,
                showsNumber: true,
                lifetime: lifetimes.code,
                message: OutgoingMessage(channel: .voice, via: .call, to: method.destination, body: "Key the number.")
            )
        )
    }

    private func opened(_ draft: ChallengeDraft) async throws -> Challenge {
        let opening = try await store.openChallenge(draft, limits: limits, by: Self.actor)
        guard case .opened(let challenge) = opening else {
            throw RuleBroken(description: "the challenge was not opened: \(opening)")
        }
        return challenge
    }

    fileprivate func press(_ digits: String, _ challenge: Challenge) async throws -> RemoteAnswer {
        try await store.answerCall(challenge.id, digits: digits, terms: terms, by: Self.actor)
    }

    fileprivate func conclude(
        _ pending: PendingComparison,
        _ outcome: ComparisonOutcome,
        in session: Session
    ) async throws -> ChallengeAnswer {
        try await store.conclude(pending, outcome, in: session, terms: terms, by: Self.actor)
    }
}
