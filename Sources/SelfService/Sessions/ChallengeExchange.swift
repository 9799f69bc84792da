import Audit
package import Foundation

/// Opening and answering challenges, the same for registration and reset.
extension ServiceEnvironment {
    /// Longer answers are wrong without being looked at.
    static let answerLimit = 256

    /// The living session of a token, if it is of the wanted kind and its policy has not changed since.
    func session(
        _ token: String,
        _ caller: Caller,
        where isWanted: (Session) -> Bool
    ) async throws(ServiceError) -> Session {
        let session = try await vault { try await $0.session(token: token, frontend: caller.frontend) }
        guard let session, isWanted(session), isCurrent(session) else { throw Self.deadToken }
        return session
    }

    /// The same, with the registration.
    func visit(
        _ token: String,
        _ caller: Caller,
        where isWanted: (Session) -> Bool
    ) async throws(ServiceError) -> Visit {
        let visit = try await vault { try await $0.visit(token: token, frontend: caller.frontend) }
        guard let visit, isWanted(visit.session), isCurrent(visit.session) else { throw Self.deadToken }
        return visit
    }

    private func isCurrent(_ session: Session) -> Bool {
        session.policyVersion == policies.version(of: session.policyName)
    }

    func open(_ draft: ChallengeDraft, by actor: AuditActor) async throws(ServiceError) -> Challenge {
        let limits = limits
        switch try await vault({ try await $0.openChallenge(draft, limits: limits, by: actor) }) {
        case .opened(let challenge):
            if draft.message != nil { wakeCourier() }
            return challenge
        case .limited(let retryAfter):
            throw Self.tooMany(retryAfter)
        case .freshProofRequired: throw Self.freshProofRequired
        case .wrongState:
            throw ServiceError(.wrongState, "This method cannot be used now.")
        }
    }

    func challenge(_ id: String, in session: Session) async throws(ServiceError) -> Challenge {
        guard let challenge = try await vault({ try await $0.challenge(id, in: session) }) else {
            throw ServiceError(.notFound, "There is no such challenge in this session.")
        }
        return challenge
    }

    /// - Parameter notice: told to all addresses verified before, if the answer verifies a method.
    /// - Returns: the session after the proof.
    func answer(
        _ response: ProofResponse,
        to challengeID: String,
        in session: Session,
        notice: Notice?,
        from caller: Caller
    ) async throws(ServiceError) -> Session {
        let actor = caller.actor
        let challenge = try await challenge(challengeID, in: session)
        try Self.check(response, fits: challenge)
        let terms = answerTerms(notice, from: caller.network)
        let typed = response.typed(limit: Self.answerLimit)
        let answer = try await vault {
            try await $0.answer(typed, to: challengeID, in: session, terms: terms, by: actor)
        }
        guard case .toCompare(let pending) = answer else { return try Self.proven(answer) }
        let outcome = try await compare(response, with: pending)
        return try Self.proven(
            try await vault {
                try await $0.conclude(pending, outcome, in: session, terms: terms, by: actor)
            }
        )
    }

    /// - Parameter network: of the person who answers; nil: it is another who does.
    func answerTerms(_ notice: Notice?, from network: String? = nil) -> AnswerTerms {
        var terms = AnswerTerms(limits: limits, freshFor: lifetimes.freshProof, notice: notice)
        terms.network = network
        return terms
    }

    private static func proven(_ answer: ChallengeAnswer) throws(ServiceError) -> Session {
        switch answer {
        case .passed(let session): return session
        case .freshProofRequired: throw freshProofRequired
        case .wrong: throw ServiceError(.wrongCode, "This is not right.")
        case .closed:
            throw ServiceError(.challengeClosed, "This code has been used, has expired, or was tried too often.")
        case .limited(let retryAfter): throw tooMany(retryAfter)
        case .notFound, .toCompare: throw ServiceError(.notFound, "There is no such challenge in this session.")
        }
    }

    /// A challenge that is answered elsewhere takes no typed answer, and questions take answers.
    private static func check(_ response: ProofResponse, fits challenge: Challenge) throws(ServiceError) {
        switch (challenge.exchange, response) {
        case (.call, _): throw ServiceError(.wrongState, "This challenge is answered on the phone.")
        case (.decision, _): throw ServiceError(.wrongState, "This challenge is answered on the device.")
        case (_, .answers) where challenge.kind != .securityQuestions:
            throw ServiceError(.invalidValue, "This challenge takes a “code”.", field: "answers")
        case (_, .code) where challenge.kind == .securityQuestions:
            throw ServiceError(.invalidValue, "This challenge takes “answers”.", field: "code")
        default: break
        }
    }
}

extension ProofResponse {
    /// What the store compares itself: the code, or nothing.
    fileprivate func typed(limit: Int) -> String {
        guard case .code(let code) = self, code.utf8.count <= limit else { return "" }
        return code
    }
}

/// Under which rules an answer is looked at.
package struct AnswerTerms: Sendable {
    package var limits: Limits
    /// Seconds that a proof counts as fresh.
    package var freshFor: TimeInterval
    /// Told to all addresses verified before, when a method becomes verified.
    package var notice: Notice?
    /// As in ``Caller/network``.
    package var network: String?

    package init(limits: Limits, freshFor: TimeInterval, notice: Notice? = nil) {
        self.limits = limits
        self.freshFor = freshFor
        self.notice = notice
    }
}
