package import Audit
import Foundation
package import Identity
package import SelfService

/// A store with a clock, and the short words in which tests speak of it.
package struct VaultScene: Sendable {
    package let store: any VaultPorts
    package let clock: ManualClock
    package var limits = Limits()
    package var lifetimes = Lifetimes()

    package static let frontend = "portal"
    package static let actor = AuditActor.frontend(frontend)
    /// Right in every challenge that ``open(_:of:in:code:)`` opens, unless told otherwise.
    package static let code = "481516"
    package static let wrongCode = "234200"

    package init(store: any VaultPorts, clock: ManualClock) {
        self.store = store
        self.clock = clock
    }

    package static func person(_ number: UInt8) -> EntryID { EntryID(folding: [UInt8](repeating: number, count: 16)) }

    // MARK: Sessions

    package func start(
        _ kind: Session.Kind,
        for subject: Subject,
        frontend: String = Self.frontend,
        network: String? = nil
    ) async throws -> SessionOpening {
        var caller = Caller(frontend: frontend)
        caller.network = network
        let draft = SessionDraft(
            subject: subject,
            from: caller,
            policyName: "everybody",
            policyVersion: "1",
            lifetime: kind == .signIn ? lifetimes.signIn : lifetimes.reset,
            idleLimit: kind == .signIn ? lifetimes.signInIdle : nil,
            kind: kind
        )
        let action: AuditAction = kind == .signIn ? .signIn : .resetStarted
        let event = AuditEvent(action, .done, by: .frontend(frontend), about: subject.id)
        return try await store.openSession(draft, audit: event, limits: limits)
    }

    package func signIn(_ subject: Subject, frontend: String = Self.frontend) async throws -> IssuedSession {
        try Self.issued(try await start(.signIn, for: subject, frontend: frontend))
    }

    package func reset(
        _ subject: Subject,
        _ purpose: ResetPurpose = .reset,
        gates: Int = 1
    ) async throws -> IssuedSession {
        try Self.issued(try await start(.reset(ResetProgress(purpose: purpose, required: gates)), for: subject))
    }

    private static func issued(_ opening: SessionOpening) throws -> IssuedSession {
        guard case .opened(let issued) = opening else { throw RuleBroken(description: "the session was not opened") }
        return issued
    }

    // MARK: Methods

    package func add(
        _ value: String,
        _ kind: MethodKind = .email,
        label: String = "mine",
        to person: EntryID
    ) async throws -> RegisteredMethod {
        let added = try await add(MethodDraft(kind, value: value, label: label), to: person, limit: 10)
        return try unwrap(added, "a new method is added")
    }

    package func add(
        _ draft: MethodDraft,
        to person: EntryID,
        limit: Int = 20,
        in session: Session? = nil
    ) async throws -> RegisteredMethod? {
        try await store.addMethod(draft, for: person, limit: limit, in: session, terms: terms, by: Self.actor)
    }

    package var terms: AnswerTerms { AnswerTerms(limits: limits, freshFor: lifetimes.freshProof, notice: nil) }

    /// Adds a method and proves its possession.
    package func verified(
        _ value: String,
        _ kind: MethodKind = .email,
        of person: EntryID
    ) async throws -> RegisteredMethod {
        try await prove(try await add(value, kind, to: person), of: person)
    }

    /// Verifies a method by its code.
    @discardableResult
    package func prove(_ method: RegisteredMethod, of person: EntryID) async throws -> RegisteredMethod {
        let session = try await signIn(.person(person)).session
        // A second method needs the fresh proof of one before it.
        if let former = try await store.registration(of: person).methods.first(where: { $0.state == .verified }) {
            _ = try await answer(Self.code, try await opened(former, in: session), in: session)
        }
        let challenge = try await opened(method, in: session)
        guard case .passed = try await answer(Self.code, challenge, in: session) else {
            throw RuleBroken(description: "the right code does not verify the method")
        }
        // So that what follows begins with a budget as if nothing had been sent just now.
        clock.advance(by: limits.window)
        let methods = try await store.registration(of: person).methods
        return try unwrap(methods.first { $0.id == method.id }, "the verified method is there")
    }

    // MARK: Challenges

    package func open(
        _ method: RegisteredMethod,
        in session: Session,
        code: String = Self.code,
        to destination: String? = nil
    ) async throws -> ChallengeOpening {
        let draft = challengeDraft(method, in: session, code: code, to: destination)
        return try await store.openChallenge(draft, limits: limits, by: Self.actor)
    }

    func challengeDraft(
        _ method: RegisteredMethod,
        in session: Session,
        code: String = Self.code,
        to destination: String? = nil
    ) -> ChallengeDraft {
        ChallengeDraft(
            session: session,
            methodID: method.id,
            kind: method.kind,
            via: method.kind.via.first,
            code: code,
            lifetime: lifetimes.code,
            message: OutgoingMessage(
                channel: method.kind == .email ? .email : .text,
                via: method.kind.via.first,
                to: destination ?? method.value,
                subject: "Your code",
                body: "The code is \(code).",
                code: code
            )
        )
    }

    package func opened(
        _ method: RegisteredMethod,
        in session: Session,
        code: String = Self.code
    ) async throws -> Challenge {
        let opening = try await open(method, in: session, code: code)
        guard case .opened(let challenge) = opening else {
            throw RuleBroken(description: "the challenge was not opened: \(opening)")
        }
        return challenge
    }

    package func answer(_ code: String, _ challenge: Challenge, in session: Session) async throws -> ChallengeAnswer {
        try await store.answer(
            code,
            to: challenge.id,
            in: session,
            terms: terms,
            by: Self.actor
        )
    }

    /// What a decoy's service would show as its method.
    package static func decoyMethod(_ kind: MethodKind = .email) -> RegisteredMethod {
        RegisteredMethod(
            id: "0123456789abcdef0123456789abcdef",
            kind: kind,
            value: "nobody@invalid.example",
            label: "",
            state: .verified,
            isDefault: false,
            addedAt: .distantPast
        )
    }

    // MARK: Writes

    package static let marker = AccountMarker(passwordChangedAt: "20250101000000Z", version: "1")

    package func begin(
        _ kind: WriteIntent.Kind = .password,
        of person: EntryID,
        in session: Session?,
        followers: [LinkedWrite] = []
    ) async throws -> WriteIntent? {
        try await store.beginWrite(
            kind,
            of: person,
            in: session,
            before: Self.marker,
            followers: followers,
            by: Self.actor
        )
    }

    package func finish(
        _ intent: WriteIntent,
        _ result: WriteOutcome.Result,
        reason: RefusalReason? = nil,
        closed: KeyValuePairs<String, RefusalReason> = [:]
    ) async throws {
        var outcome = WriteOutcome(result, reason: reason, server: "ldap://127.0.0.1")
        outcome.linked = closed.map { LinkedOutcome(name: $0, WriteOutcome(.refused, reason: $1, server: "")) }
        try await store.finishWrite(intent, outcome: outcome, by: Self.actor)
    }

    /// A reset session of the person that has passed its one gate.
    package func proven(_ person: EntryID, _ method: RegisteredMethod) async throws -> IssuedSession {
        let issued = try await reset(.person(person))
        let challenge = try await opened(method, in: issued.session)
        guard case .passed = try await answer(Self.code, challenge, in: issued.session) else {
            throw RuleBroken(description: "the right code does not pass the gate")
        }
        return issued
    }
}
