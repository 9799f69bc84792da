package import Audit
package import Foundation

/// The port to sessions, challenges and counters. Each operation is one decision in one transaction.
package protocol SessionStore: Sendable {
    /// Opens a session, unless the front end has started too many in the last minute.
    func openSession(_ draft: SessionDraft, audit event: AuditEvent, limits: Limits) async throws -> SessionOpening

    /// The living session of a token, if it was issued to this front end; its idle time starts anew.
    func session(token: String, frontend: String) async throws -> Session?

    /// Opens a challenge and queues its message. The older challenge of the method expires. Budgets for the
    /// destination and wrong answers of the past are counted here.
    func openChallenge(_ draft: ChallengeDraft, limits: Limits, by actor: AuditActor) async throws -> ChallengeOpening

    /// Counts an answer, and then looks at it. A right one verifies the method, makes the session fresh, and
    /// in a reset counts as a proof.
    func answer(
        _ code: String,
        to challengeID: String,
        in session: Session,
        limits: Limits,
        freshFor: TimeInterval,
        by actor: AuditActor
    ) async throws -> ChallengeAnswer

    /// A challenge of this session.
    func challenge(_ id: String, in session: Session) async throws -> Challenge?

    /// Counts a sign-in that is about to be tried.
    /// - Returns: nil when it may be tried, else the seconds until it may.
    func countSignIn(_ subject: Subject, limits: Limits) async throws -> Int?
    /// Forgets the failures that ``countSignIn(_:limits:)`` counted.
    func clearSignIns(_ subject: Subject) async throws
}

package enum SessionOpening: Sendable {
    case opened(IssuedSession)
    case limited(retryAfter: Int)
}
