import Audit
import Crypto
import Foundation
import Identity
import LatchkeyTesting
import SelfService

@testable import Vault

/// What a person does at the vault's ports to prove a method, whatever its kind.
struct CampaignHands: Sendable {
    let vault: VaultDatabase
    let clock: ManualClock
    var hashing = ScryptHashing(.fast)

    /// So wide that nothing is refused for having been done often.
    static let limits: Limits = {
        var limits = Limits()
        limits.messagesPerDestination = 100_000
        limits.messagesPerPerson = 100_000
        limits.messagesPerDestinationAndDay = 100_000
        limits.messagesPerPersonAndDay = 100_000
        limits.messagesWithoutPause = 100_000
        limits.promptsPerPerson = 100_000
        limits.wrongAnswersPerMethod = 100_000
        limits.sessionStartsPerMinute = 100_000
        return limits
    }()

    /// Of a session.
    static let lifetime: TimeInterval = 900

    static var terms: AnswerTerms { AnswerTerms(limits: limits, freshFor: 600) }

    /// Somebody who signs in has a pass, which may add whatever is there already.
    func session(of person: EntryID, isReset: Bool) async throws -> IssuedSession {
        let draft = SessionDraft(
            subject: .person(person),
            from: Caller(frontend: VaultScene.frontend),
            policyName: "everybody",
            policyVersion: "1",
            lifetime: Self.lifetime,
            kind: isReset ? .reset(ResetProgress(purpose: .reset, required: 1)) : .signIn,
            entry: isReset ? .password : .pass
        )
        let event = AuditEvent(isReset ? .resetStarted : .signIn, .done, by: VaultScene.actor, about: person)
        let opening = try await vault.openSession(draft, audit: event, limits: Self.limits)
        guard case .opened(let issued) = opening else { throw TestError("no session: \(opening)") }
        return issued
    }

    func open(_ method: HeldMethod, in session: Session, code: String) async throws -> ChallengeOpening {
        let via = method.kind.via.first
        let exchange = method.kind.type.exchange(via: via)
        let draft = ChallengeDraft(
            session: session,
            methodID: method.id ?? "",
            kind: method.kind,
            via: via,
            code: code,
            showsNumber: !exchange.isTyped,
            lifetime: 600,
            message: exchange.channel.map { OutgoingMessage(channel: $0, via: via, to: method.destination, body: "-") },
            questions: method.kind == .securityQuestions ? QuestionDraft(count: 2, decoys: []) : nil
        )
        return try await vault.openChallenge(draft, limits: Self.limits, by: VaultScene.actor)
    }

    /// - Parameters:
    ///   - code: the number of a recovery code.
    ///   - isRight: whether the person answers as they should.
    /// - Returns: the challenge with its right answer where it was passed.
    func prove(
        _ method: HeldMethod,
        in issued: IssuedSession,
        code: Int? = nil,
        isRight: Bool = true
    ) async throws -> PassedChallenge? {
        let (right, wrong) = method.sentCode(at: clock.now)
        let opening = try await open(method, in: issued.session, code: right)
        guard case .opened(let challenge) = opening else { throw TestError("not opened: \(method.kind) \(opening)") }
        let answer = isRight ? right : wrong
        let hasPassed =
            switch challenge.exchange {
            case .mailedCode, .textedCode, .appCode:
                try await vault.answer(
                    answer,
                    to: challenge.id,
                    in: issued.session,
                    terms: Self.terms,
                    by: VaultScene.actor
                ).isPassed
            case .call:
                try await vault.answerCall(challenge.id, digits: answer, terms: Self.terms, by: VaultScene.actor)
                    .hasPassed
            case .decision: try await decide(method, challenge, issued.session, number: answer)
            case .storedSecret: try await compare(method, challenge, issued.session, code: isRight ? code ?? 0 : -1)
            }
        return hasPassed ? PassedChallenge(id: challenge.id, token: issued.token, code: right) : nil
    }

    private func decide(
        _ method: HeldMethod,
        _ challenge: Challenge,
        _ session: Session,
        number: String
    ) async throws -> Bool {
        let text = SignedText.approval(
            challenge: challenge.id,
            person: session.subject.id,
            purpose: session.purpose,
            decision: .approve,
            number: number,
            expiresAt: challenge.expiresAt
        )
        let key = try P256.Signing.PrivateKey(rawRepresentation: method.deviceKey)
        let signature = try key.signature(for: Data(text.utf8)).derRepresentation
        let decision = AppDecision(
            challengeID: challenge.id,
            decision: .approve,
            number: number,
            signature: signature
        )
        return try await vault.decideApproval(decision, terms: Self.terms, by: VaultScene.actor).hasPassed
    }

    /// - Parameter code: the number of a recovery code; negative for a wrong answer.
    private func compare(
        _ method: HeldMethod,
        _ challenge: Challenge,
        _ session: Session,
        code: Int
    ) async throws -> Bool {
        let counted = try await vault.answer(
            "",
            to: challenge.id,
            in: session,
            terms: Self.terms,
            by: VaultScene.actor
        )
        guard case .toCompare(let pending) = counted else { throw TestError("not to compare: \(counted)") }
        let outcome = code < 0 ? .wrong : try await compared(method, with: pending, code: code)
        return try await vault.conclude(
            pending,
            outcome,
            in: session,
            terms: Self.terms,
            by: VaultScene.actor
        ).isPassed
    }

    private func compared(
        _ method: HeldMethod,
        with pending: PendingComparison,
        code number: Int
    ) async throws -> ComparisonOutcome {
        switch pending.secret {
        case .codes(let left):
            let typed = method.codes.compactMap(RecoveryCodeSecrets.parts).first { $0.number == number }
            let found = left.codes.first { $0.number == number }
            return try await hashing.matches(typed?.code ?? "", found?.verifier) ? .rightCode(number: number) : .wrong
        case .answers(let stored):
            for id in pending.challenge.questionIDs ?? [] {
                let verifier = stored.answers.first { $0.questionID == id }?.verifier
                guard try await hashing.matches(method.answers[id] ?? "", verifier) else { return .wrong }
            }
            return .right
        default: return .wrong
        }
    }

    /// Whether a pass lives, and is spent once.
    func usePass(_ id: String, of person: EntryID) async throws -> Bool {
        let counted = try await vault.countPass(.person(person), limits: Self.limits, by: VaultScene.actor)
        guard case .counted(let found, _) = counted, found == id else { return false }
        return try await vault.spendPass(id, of: person, by: VaultScene.actor)
    }
}

extension HeldMethod {
    var destination: String {
        if case .device(let device) = secret { return device.pushToken }
        return kind.isPhone ? PhoneNumber(stored: value).number : value
    }

    /// The right answer of a challenge and a wrong one.
    func sentCode(at time: Date) -> (right: String, wrong: String) {
        switch (kind.type.exchange(via: kind.via.first), secret) {
        case (.appCode, .authenticator(let app)):
            let code = TOTP(seed: app.seed).code(step: TOTP.step(at: time))
            return (code, String(code.reversed()) + "0")
        case (.call, _), (.decision, _): return ("42", "24")
        default: return ("481516", "234200")
        }
    }
}

extension RemoteAnswer {
    var hasPassed: Bool { if case .passed = self { true } else { false } }
}
