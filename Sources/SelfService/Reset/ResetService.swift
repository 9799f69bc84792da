import Audit
import Foundation
import Identity

/// Resetting and unlocking without the old password: start, gates, write-back.
struct ResetService: Sendable {
    let environment: ServiceEnvironment

    /// Bytes of a login or an address.
    static let loginLimit = 256

    func start(login: String, purpose: ResetPurpose, from caller: Caller) async throws(ServiceError) -> StartedReset {
        let typed = login.trimmingCharacters(in: .whitespaces)
        guard !typed.isEmpty, typed.utf8.count <= Self.loginLimit else {
            throw ServiceError(.invalidValue, "Give a user name or an email address.", field: "login")
        }
        let user = try await find(typed)
        // By whatever name somebody is asked for, the decoy is the same one.
        let decoy = environment.decoys.subject(for: user?.login ?? typed)
        switch try await candidate(user?.id ?? decoy.id, purpose: purpose) {
        case .success(let candidate):
            return try await open(
                .person(candidate.account.user.id),
                candidate.review,
                purpose: purpose,
                passwordStamp: candidate.account.passwordStamp,
                from: caller
            )
        case .failure(let error):
            if caller.maySeeTruth {
                try await recordDisclosure(error.obstacle, about: decoy, from: caller)
                throw ServiceError(.notPermitted, error.obstacle.text)
            }
            // Somebody real who cannot start is indistinguishable from somebody who is not there.
            let policy = environment.decoys.policy(of: decoy, among: environment.policies.policies)
            let nothing = StoredRegistration(person: decoy.id)
            return try await open(
                decoy,
                RegistrationReview(stored: nothing, policy: policy, now: environment.clock.now),
                purpose: purpose,
                from: caller
            )
        }
    }

    private func recordDisclosure(
        _ obstacle: ResetCandidate.Obstacle,
        about subject: Subject,
        from caller: Caller
    ) async throws(ServiceError) {
        let event = AuditEvent(
            .resetStarted,
            .refused,
            by: caller.actor,
            about: subject.id,
            details: ["reason": obstacle.rawValue, "disclosed": "true"]
        )
        try await environment.vault { try await $0.append(event) }
    }

    /// Reads live, and does the same work for somebody who is not there.
    private func candidate(
        _ id: EntryID,
        purpose: ResetPurpose
    ) async throws(ServiceError) -> Result<ResetCandidate, ResetCandidate.ObstacleError> {
        let account = try await environment.account(id)
        let stored = try await environment.vault { try await $0.registration(of: id) }
        return ResetCandidate.judge(
            account,
            stored: try await environment.adoptingTrusted(account, stored),
            policies: environment.policies,
            purpose: purpose,
            now: environment.clock.now
        )
    }

    /// An address that several people share is nobody's.
    private func find(_ typed: String) async throws(ServiceError) -> User? {
        if let user = try await environment.mirror({ try await $0.person(login: typed) }) { return user }
        guard typed.contains("@") else { return nil }
        let people = try await environment.mirror { try await $0.people(email: typed) }
        return people.count == 1 ? people.first : nil
    }

    private func open(
        _ subject: Subject,
        _ review: RegistrationReview,
        purpose: ResetPurpose,
        passwordStamp: String = "",
        from caller: Caller
    ) async throws(ServiceError) -> StartedReset {
        let policy = review.policy
        let draft = SessionDraft(
            subject: subject,
            from: caller,
            policyName: policy.name,
            policyVersion: environment.policies.version(of: policy.name) ?? "",
            lifetime: environment.lifetimes.reset,
            kind: .reset(ResetProgress(purpose: purpose, required: policy.gates(for: purpose))),
            passwordStamp: passwordStamp
        )
        let event = AuditEvent(
            .resetStarted,
            subject.isDecoy ? .refused : .done,
            by: caller.actor,
            about: subject.id,
            details: ["purpose": purpose.rawValue, "policy": policy.name]
        )
        let limits = environment.limits
        switch try await environment.vault({ try await $0.openSession(draft, audit: event, limits: limits) }) {
        case .limited(let retryAfter): throw ServiceEnvironment.tooMany(retryAfter)
        case .opened(let issued):
            guard let reset = ResetSession(issued.session, review.stored) else { throw ServiceEnvironment.deadToken }
            return StartedReset(token: issued.token, reset: view(of: reset, review))
        }
    }

    /// A session that was just opened.
    struct Opened: Sendable {
        let token: String
        let session: Session
    }

    /// With the link of a mail, whose mailbox is proven by it.
    func start(linkToken: String, from caller: Caller) async throws(ServiceError) -> StartedReset {
        let opened = try await LinkService(environment: environment).redeem(linkToken, from: caller)
        let subject = opened.session.subject.id
        let stored = try await environment.vault { try await $0.registration(of: subject) }
        return StartedReset(token: opened.token, reset: try view(of: ResetSession(opened.session, stored)))
    }
}

// MARK: Gates

extension ResetService {
    func current(token: String, from caller: Caller) async throws(ServiceError) -> ResetView {
        let reset = try await resetSession(token, caller)
        return try view(of: reset)
    }

    func openChallenge(
        methodID: String,
        via: Via?,
        token: String,
        from caller: Caller
    ) async throws(ServiceError) -> ChallengeView {
        let reset = try await resetSession(token, caller)
        let review = try review(of: reset)
        guard let method = methods(of: reset, review).first(where: { $0.id == methodID }) else {
            throw ServiceError(.notFound, "There is no such method in this session.")
        }
        let registered = review.usable.first { $0.id == method.id }
        let proof = ResetProgress.Proof(methodID: method.id, kind: method.kind, value: registered?.value ?? "")
        guard reset.progress.mayChallenge(proof) else {
            throw ServiceError(.wrongState, "This method cannot prove anything more in this session.")
        }
        var draft = ChallengeDraft(
            methodID: method.id,
            kind: method.kind,
            // A decoy's message is as long as a person's and goes nowhere.
            destination: registered?.destination ?? "somebody@example.invalid",
            numberExtension: registered.flatMap { PhoneNumber(stored: $0.value).numberExtension },
            via: try Via.chosen(via, of: method.via),
            purpose: .reset(reset.progress.purpose),
            policy: review.policy,
            in: reset.session,
            language: caller.language,
            environment: environment
        )
        draft.network = caller.network
        return ChallengeView(try await environment.open(draft, by: caller.actor), policy: review.policy)
    }

    func challenge(_ id: String, token: String, from caller: Caller) async throws(ServiceError) -> ChallengeView {
        let reset = try await resetSession(token, caller)
        let challenge = try await environment.challenge(id, in: reset.session)
        return ChallengeView(challenge, policy: try review(of: reset).policy)
    }

    func answer(
        _ challengeID: String,
        _ response: ProofResponse,
        token: String,
        from caller: Caller
    ) async throws(ServiceError) -> ResetView {
        let reset = try await resetSession(token, caller)
        let session = try await environment.answer(
            response,
            to: challengeID,
            in: reset.session,
            notice: nil,
            from: caller
        )
        // What an answer changes of a registration is nothing that shows.
        return try view(of: ResetSession(session, reset.stored))
    }

    /// A session that is known to be a reset's.
    struct ResetSession: Sendable {
        let session: Session
        let progress: ResetProgress
        let stored: StoredRegistration

        init?(_ session: Session, _ stored: StoredRegistration) {
            guard case .reset(let progress) = session.kind else { return nil }
            self.session = session
            self.progress = progress
            self.stored = stored
        }
    }

    func resetSession(_ token: String, _ caller: Caller) async throws(ServiceError) -> ResetSession {
        let visit = try await environment.visit(token, caller) { $0.kind != .signIn }
        guard let reset = ResetSession(visit.session, visit.registration) else { throw ServiceEnvironment.deadToken }
        return reset
    }

    private func view(of reset: ResetSession?) throws(ServiceError) -> ResetView {
        guard let reset else { throw ServiceEnvironment.deadToken }
        return view(of: reset, try review(of: reset))
    }

    private func view(of reset: ResetSession, _ review: RegistrationReview) -> ResetView {
        ResetView(
            expiresAt: reset.session.expiresAt,
            purpose: reset.progress.purpose,
            methods: methods(of: reset, review),
            required: reset.progress.required,
            passed: reset.progress.passed
        )
    }

    /// The usable methods of a person, or those that a decoy seems to have. For both the vault was looked into.
    private func methods(of reset: ResetSession, _ review: RegistrationReview) -> [ResetMethod] {
        guard !reset.session.subject.isDecoy else {
            return environment.decoys.methods(of: reset.session.subject, policy: review.policy)
        }
        // Questions show once something else was proven, to those alone who can prove it.
        let shown = review.usable.filter { reset.progress.passed > 0 || !$0.kind.comesSecond }
        return review.policy.inOrder(shown, by: \.kind).map { method in
            ResetMethod(
                id: method.id,
                kind: method.kind,
                hint: method.hint,
                via: review.policy.via(of: method.kind)
            )
        }
    }

    func review(of reset: ResetSession) throws(ServiceError) -> RegistrationReview {
        guard let policy = environment.policies.policies.first(where: { $0.name == reset.session.policyName }) else {
            throw ServiceEnvironment.deadToken
        }
        return RegistrationReview(stored: reset.stored, policy: policy, now: environment.clock.now)
    }
}
