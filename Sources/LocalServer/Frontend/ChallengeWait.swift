import Hummingbird
import LocalAPI
import NIOCore
import SelfService
import ServiceLifecycle

/// Waits until somebody has decided a challenge: `?wait=30s`.
struct ChallengeWait: Sendable {
    /// Its parameter.
    static let names: Set<String> = ["wait"]
    let limits: ConnectionLimits

    /// Looks until the state is not pending any more, the time is over, or the service stops.
    func challenge(
        _ request: Request,
        look: () async throws -> ChallengeView
    ) async throws -> ChallengeView {
        let query = try QueryParameters(request.uri)
        let end = ContinuousClock.now + (try query.duration("wait", limit: limits.wait) ?? .zero)
        var challenge = try await look()
        while challenge.challenge.state == .pending, .now < end, !Task.isShuttingDownGracefully {
            try await Task.sleep(for: min(limits.poll, end - .now))
            challenge = try await look()
        }
        return challenge
    }
}

extension Via {
    /// - Throws: ``ServiceError`` that names the member.
    static func read(_ text: String?) throws(ServiceError) -> Via? {
        guard let text else { return nil }
        guard let via = Via(rawValue: text) else {
            throw ServiceError(.invalidValue, "“via” must be text or call.", field: "via")
        }
        return via
    }
}

extension AnswerRequest {
    /// A code, or answers: one of them.
    func response() throws -> ProofResponse {
        if let answers {
            guard code == nil else { throw MalformedRequest("“code” and “answers” exclude each other.", field: "code") }
            return .answers(try answers.checked())
        }
        guard let code else { throw MalformedRequest("The member “code” or “answers” is missing.", field: "code") }
        return .code(code)
    }
}

extension [AnswerRequest.Answer] {
    func checked() throws -> [QuestionAnswer] {
        guard count <= APILimits.answers, allSatisfy({ $0.answer.utf8.count <= APILimits.answer }) else {
            throw ServiceError(.invalidValue, "These are too many answers, or one is too long.", field: "answers")
        }
        return map { QuestionAnswer(questionID: $0.questionId, answer: $0.answer) }
    }
}
