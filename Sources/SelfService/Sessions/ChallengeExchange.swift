import Audit
import Foundation

/// Opening and answering challenges, the same for registration and reset.
extension ServiceEnvironment {
    /// Longer answers are wrong without being looked at.
    static let answerLimit = 256

    /// The living session of a token, if it is of the wanted kind and the policies have not changed since.
    func session(
        _ token: String,
        _ caller: Caller,
        where isWanted: (Session) -> Bool
    ) async throws(ServiceError) -> Session {
        let session = try await vault { try await $0.session(token: token, frontend: caller.frontend) }
        guard let session, isWanted(session), session.policyVersion == policies.version else { throw Self.deadToken }
        return session
    }

    func open(_ draft: ChallengeDraft, by actor: AuditActor) async throws(ServiceError) -> Challenge {
        let limits = limits
        switch try await vault({ try await $0.openChallenge(draft, limits: limits, by: actor) }) {
        case .opened(let challenge):
            wakeCourier()
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

    /// - Returns: the session after the proof.
    func answer(
        _ code: String,
        to challengeID: String,
        in session: Session,
        by actor: AuditActor
    ) async throws(ServiceError) -> Session {
        let (limits, freshFor) = (limits, lifetimes.freshProof)
        let code = code.utf8.count <= Self.answerLimit ? code : ""
        let answer = try await vault {
            try await $0.answer(code, to: challengeID, in: session, limits: limits, freshFor: freshFor, by: actor)
        }
        switch answer {
        case .passed(let session): return session
        case .freshProofRequired: throw Self.freshProofRequired
        case .wrong: throw ServiceError(.wrongCode, "This code is not right.")
        case .closed:
            throw ServiceError(.challengeClosed, "This code has been used, has expired, or was tried too often.")
        case .limited(let retryAfter): throw Self.tooMany(retryAfter)
        case .notFound: throw ServiceError(.notFound, "There is no such challenge in this session.")
        }
    }
}

extension ChallengeDraft {
    /// A code for a registered method.
    init(
        to method: RegisteredMethod,
        via: Via?,
        purpose: CodeMessage.Purpose,
        in session: Session,
        environment: ServiceEnvironment
    ) {
        self.init(
            methodID: method.id,
            kind: method.kind,
            destination: method.value,
            via: via,
            purpose: purpose,
            in: session,
            environment: environment
        )
    }

    /// A code for any destination; for a decoy it goes nowhere.
    init(
        methodID: String,
        kind: MethodKind,
        destination: String,
        via: Via?,
        purpose: CodeMessage.Purpose,
        in session: Session,
        environment: ServiceEnvironment
    ) {
        let code = environment.codes.next()
        let message = CodeMessage.make(
            code: code,
            to: destination,
            kind: kind,
            via: via,
            purpose: purpose,
            minutes: Int(environment.lifetimes.code / 60),
            isDecoy: session.subject.isDecoy
        )
        self.init(
            session: session,
            methodID: methodID,
            kind: kind,
            via: via,
            code: code,
            lifetime: environment.lifetimes.code,
            message: message
        )
    }
}

extension Via {
    /// The way that was asked for if it is offered, or the first that is.
    static func chosen(_ wanted: Via?, of offered: [Via]) throws(ServiceError) -> Via? {
        guard let wanted else { return offered.first }
        guard offered.contains(wanted) else {
            throw ServiceError(.invalidValue, "This method cannot be reached that way.", field: "via")
        }
        return wanted
    }
}
