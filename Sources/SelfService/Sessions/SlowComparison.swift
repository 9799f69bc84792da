import Foundation

/// What came of comparing an answer with a slow hash.
package enum ComparisonOutcome: Sendable, Equatable {
    case wrong
    case right
    /// A recovery code of this number, which is spent by it.
    case rightCode(number: Int)
}

extension ServiceEnvironment {
    /// Seconds after which a busy hasher may be asked again.
    static let busyPause = 5

    /// Compares outside of the vault. A decoy costs the same.
    func compare(
        _ response: ProofResponse,
        with pending: PendingComparison
    ) async throws(ServiceError) -> ComparisonOutcome {
        do {
            switch response {
            case .answers(let answers): return try await compare(answers, with: pending)
            case .code(let code): return try await compare(code, with: pending)
            }
        } catch {
            // The attempt stays counted: a flood must not buy guesses.
            throw Self.tooMany(Self.busyPause)
        }
    }

    /// Every question that was asked, whatever the first answers were.
    private func compare(
        _ answers: [QuestionAnswer],
        with pending: PendingComparison
    ) async throws(SecretHashingBusy) -> ComparisonOutcome {
        var stored: [String: SecretVerifier] = [:]
        if case .answers(let secrets) = pending.secret {
            stored = Dictionary(secrets.answers.map { ($0.questionID, $0.verifier) }) { first, _ in first }
        }
        let asked = pending.challenge.questionIDs ?? []
        let given = Dictionary(answers.map { ($0.questionID, $0.answer) }) { first, _ in first }
        var isRight = !asked.isEmpty && given.count == answers.count && Set(given.keys) == Set(asked)
        for id in asked {
            let answer = AnswerText.canonical(given[id] ?? "")
            let matches = try await hashing.matches(answer, stored[id])
            isRight = isRight && matches && !answer.isEmpty
        }
        return isRight ? .right : .wrong
    }

    private func compare(
        _ code: String,
        with pending: PendingComparison
    ) async throws(SecretHashingBusy) -> ComparisonOutcome {
        let code = code.utf8.count <= Self.answerLimit ? code : ""
        switch pending.secret {
        case .codes(let codes):
            let parts = RecoveryCodeSecrets.parts(of: code)
            let found = codes.codes.first { $0.number == parts?.number }
            guard try await hashing.matches(parts?.code ?? "", found?.verifier), let found else { return .wrong }
            return .rightCode(number: found.number)
        case .pass(let pass):
            return try await hashing.matches(TypedSecret.canonical(code), pass.verifier) ? .right : .wrong
        default:
            _ = try await hashing.matches(TypedSecret.canonical(code), nil)
            return .wrong
        }
    }
}
