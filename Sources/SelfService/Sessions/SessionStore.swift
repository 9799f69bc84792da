package import Audit
package import Identity

/// The port to sessions, challenges and counters. Each operation is one decision in one transaction.
package protocol SessionStore: Sendable {
    /// Opens a session, unless the front end has started too many in the last minute.
    func openSession(_ draft: SessionDraft, audit event: AuditEvent, limits: Limits) async throws -> SessionOpening

    /// The living session of a token, if it was issued to this front end; its idle time starts anew.
    func session(token: String, frontend: String) async throws -> Session?
    /// The same, and the registration of whom it is about, at the same moment.
    func visit(token: String, frontend: String) async throws -> Visit?

    /// Opens a challenge and queues its message. The older challenge of the method expires. Budgets for the
    /// destination and wrong answers of the past are counted here.
    func openChallenge(_ draft: ChallengeDraft, limits: Limits, by actor: AuditActor) async throws -> ChallengeOpening

    /// Counts an answer, and then looks at it. A right one verifies the method, makes the session fresh, and
    /// in a reset counts as a proof. Where a slow hash must be compared the answer is `toCompare`.
    func answer(
        _ code: String,
        to challengeID: String,
        in session: Session,
        terms: AnswerTerms,
        by actor: AuditActor
    ) async throws -> ChallengeAnswer

    /// What came of an answer that was compared outside. It was counted before.
    func conclude(
        _ pending: PendingComparison,
        _ outcome: ComparisonOutcome,
        in session: Session,
        terms: AnswerTerms,
        by actor: AuditActor
    ) async throws -> ChallengeAnswer

    /// Keys pressed in a call, told by the voice gateway. Counted before they are looked at.
    func answerCall(
        _ challengeID: String,
        digits: String,
        terms: AnswerTerms,
        by actor: AuditActor
    ) async throws -> RemoteAnswer

    /// A device's decision. Its signature is the authority; a wrong one is counted and nothing else.
    func decideApproval(_ decision: AppDecision, terms: AnswerTerms, by actor: AuditActor) async throws -> RemoteAnswer

    /// Counts the use of a pass that is about to be compared.
    /// - Returns: the pass that lives, if any; `limited` where too many were tried.
    func countPass(_ subject: Subject, limits: Limits, by actor: AuditActor) async throws -> PassAttempt
    /// Spends a pass: at most one caller gets it.
    func spendPass(_ methodID: String, of person: EntryID, by actor: AuditActor) async throws -> Bool

    /// A challenge of this session.
    func challenge(_ id: String, in session: Session) async throws -> Challenge?

    /// Counts an attempt before anything of it is looked at.
    /// - Returns: nil when it may go on, else the seconds until another may.
    func countAttempt(_ attempt: Attempt, limits: Limits, by actor: AuditActor) async throws -> Int?

    /// Counts a sign-in that is about to be tried.
    /// - Returns: nil when it may be tried, else the seconds until it may.
    func countSignIn(_ subject: Subject, limits: Limits) async throws -> Int?
    /// Takes back the newest of what ``countSignIn(_:limits:)`` counted: it was no attempt at the password.
    func takeBackSignIn(_ subject: Subject) async throws
    /// Forgets the failures that ``countSignIn(_:limits:)`` counted.
    func clearSignIns(_ subject: Subject) async throws
}

/// A session as it is used.
package struct Visit: Sendable {
    package var session: Session
    /// A decoy's is empty.
    package var registration: StoredRegistration

    package init(session: Session, registration: StoredRegistration) {
        self.session = session
        self.registration = registration
    }
}

package enum SessionOpening: Sendable {
    case opened(IssuedSession)
    case limited(retryAfter: Int)
}

package enum PassAttempt: Sendable, Equatable {
    case limited(retryAfter: Int)
    /// The living pass and its method's id; nil where there is none.
    case counted(methodID: String?, AccessPassSecret?)
}
