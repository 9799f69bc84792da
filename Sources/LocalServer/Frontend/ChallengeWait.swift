import Hummingbird
import LocalAPI
import NIOCore
import SelfService
import ServiceLifecycle

/// Waits until somebody has decided a challenge: `?wait=30s`.
struct ChallengeWait: Sendable {
    let limits: ConnectionLimits

    /// Looks until the state is not pending any more, the time is over, or the service stops.
    func challenge(
        _ request: Request,
        look: () async throws -> Challenge
    ) async throws -> Challenge {
        let query = try QueryParameters(request.uri, known: ["wait"])
        let end = ContinuousClock.now + (try query.duration("wait", limit: limits.wait) ?? .zero)
        var challenge = try await look()
        while challenge.state == .pending, .now < end, !Task.isShuttingDownGracefully {
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
    /// This version's challenges are all answered by a code.
    func codeOnly() throws -> String {
        if answers != nil {
            throw ServiceError(.invalidValue, "Security questions are not part of this version.", field: "answers")
        }
        guard let code else { throw MalformedRequest("The member “code” is missing.", field: "code") }
        return code
    }
}
