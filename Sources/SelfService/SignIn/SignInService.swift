import Audit
import Foundation
import Identity

/// Signing in with the directory's password, in a way that is no weapon against the account.
struct SignInService: Sendable {
    let environment: ServiceEnvironment

    func signIn(login: String, password: Password, from caller: Caller) async throws(ServiceError) -> SignInResult {
        // RFC 4513, 5.1.2: an empty password would bind as nobody and succeed. It never reaches the server.
        guard !password.isEmpty, password.text.utf8.count <= Password.byteLimit else { throw Self.refused }
        let user = try await environment.mirror { try await $0.person(login: login) }
        let subject = user.map { Subject.person($0.id) } ?? environment.decoys.subject(for: login)
        var limits = environment.limits
        limits.signInFailuresLeft = environment.signInFailures()
        if let retryAfter = try await environment.vault({ [limits] in try await $0.countSignIn(subject, limits: limits)
        }) {
            try await record(.refused, subject, caller, reason: "too-many-attempts")
            throw ServiceEnvironment.tooMany(retryAfter)
        }
        let verdict = try await verdict(on: password, of: user, subject)
        return try await conclude(verdict, user: user, subject: subject, from: caller)
    }

    /// What never reached the directory was no attempt: otherwise an outage would keep people out for longer than it
    /// lasts. What may have reached it stays counted.
    private func verdict(
        on password: Password,
        of user: User?,
        _ subject: Subject
    ) async throws(ServiceError) -> PasswordVerdict {
        var wasAsked = true
        do throws(ServiceError) {
            return try await environment.live { directory throws(DirectoryFailure) in
                do throws(DirectoryFailure) {
                    return try await directory.verify(password, of: user)
                } catch {
                    wasAsked = error.wasAsked
                    throw error
                }
            }
        } catch {
            if !wasAsked { try await environment.vault { try await $0.takeBackSignIn(subject) } }
            throw error
        }
    }

    private func conclude(
        _ verdict: PasswordVerdict,
        user: User?,
        subject: Subject,
        from caller: Caller
    ) async throws(ServiceError) -> SignInResult {
        guard verdict != .refused, let user, let account = try await livingAccount(user) else {
            try await record(.refused, subject, caller, reason: "refused")
            throw Self.refused
        }
        try await environment.vault { try await $0.clearSignIns(subject) }
        guard verdict == .right, !account.mustChange else {
            try await record(.refused, subject, caller, reason: "password-must-change")
            throw ServiceError(
                .passwordMustChange,
                "Your password is right but must be changed before you can go on."
            )
        }
        let stored = try await environment.vault { try await $0.registration(of: account.user.id) }
        guard let policy = environment.standing(of: account, stored)?.policy else {
            try await record(.refused, subject, caller, reason: "no-policy")
            throw ServiceError(.notPermitted, "No policy offers registration to you. Please ask the helpdesk.")
        }
        return try await open(account, stored, policy: policy, entry: .password, from: caller)
    }

    /// With a temporary access pass in the place of the password. The directory is not asked to bind.
    func signIn(login: String, accessPass: String, from caller: Caller) async throws(ServiceError) -> SignInResult {
        guard (1...ServiceEnvironment.answerLimit).contains(accessPass.utf8.count) else { throw Self.refused }
        let user = try await environment.mirror { try await $0.person(login: login) }
        let subject = user.map { Subject.person($0.id) } ?? environment.decoys.subject(for: login)
        let limits = environment.limits
        let attempt = try await environment.vault {
            try await $0.countPass(subject, limits: limits, by: caller.actor)
        }
        guard case .counted(let methodID, let pass) = attempt else {
            try await record(.refused, subject, caller, reason: "too-many-attempts")
            if case .limited(let retryAfter) = attempt { throw ServiceEnvironment.tooMany(retryAfter) }
            throw Self.refused
        }
        let isRight: Bool
        do {
            isRight = try await environment.hashing.matches(TypedSecret.canonical(accessPass), pass?.verifier)
        } catch {
            throw ServiceEnvironment.tooMany(ServiceEnvironment.busyPause)
        }
        let account = try await living(user)
        let stored = try await environment.vault { [id = subject.id] in try await $0.registration(of: id) }
        guard
            isRight, let methodID, let account, pass?.passwordStamp.map({ $0 == account.passwordStamp }) ?? true,
            let policy = environment.standing(of: account, stored)?.policy,
            try await environment.vault({ [id = account.user.id] in
                try await $0.spendPass(methodID, of: id, by: caller.actor)
            })
        else {
            try await record(.refused, subject, caller, reason: "refused")
            throw Self.refused
        }
        // Without the pass that was just spent.
        let known = try await environment.vault { [id = account.user.id] in try await $0.registration(of: id) }
        return try await open(account, known, policy: policy, entry: .pass, from: caller)
    }

    /// The account, unless it may not be used: then it is as if the password had been wrong.
    ///
    /// The bind proved who bears the name now. If the person has been renamed since the mirror saw them, that
    /// may be somebody else: the names must agree.
    private func livingAccount(_ user: User) async throws(ServiceError) -> LiveAccount? {
        let account = try await environment.account(user.id)
        guard let account, account.user.account.state == .active, account.user.dn == user.dn else { return nil }
        return account
    }

    private func living(_ user: User?) async throws(ServiceError) -> LiveAccount? {
        guard let user else { return nil }
        return try await livingAccount(user)
    }

    private func open(
        _ account: LiveAccount,
        _ known: StoredRegistration,
        policy: Policy,
        entry: SignInEntry,
        from caller: Caller
    ) async throws(ServiceError) -> SignInResult {
        let user = account.user
        let draft = SessionDraft(
            subject: .person(user.id),
            from: caller,
            policyName: policy.name,
            policyVersion: environment.policies.version(of: policy.name) ?? "",
            lifetime: environment.lifetimes.signIn,
            idleLimit: environment.lifetimes.signInIdle,
            kind: .signIn,
            entry: entry,
            passwordStamp: account.passwordStamp
        )
        let event = AuditEvent(
            .signIn,
            .done,
            by: caller.actor,
            about: user.id,
            details: ["policy": policy.name, "entry": entry.rawValue]
        )
        let limits = environment.limits
        let opening = try await environment.vault { try await $0.openSession(draft, audit: event, limits: limits) }
        guard case .opened(let issued) = opening else {
            if case .limited(let retryAfter) = opening { throw ServiceEnvironment.tooMany(retryAfter) }
            throw Self.refused
        }
        let stored = try await environment.adopting(account, known)
        let review = RegistrationReview(stored: stored, policy: policy, now: environment.clock.now)
        return SignInResult(
            token: issued.token,
            expiresAt: issued.session.expiresAt,
            user: user,
            registration: review.view(showingValues: false)
        )
    }

    private func record(
        _ result: AuditResult,
        _ subject: Subject,
        _ caller: Caller,
        reason: String
    ) async throws(ServiceError) {
        let event = AuditEvent(.signIn, result, by: caller.actor, about: subject.id, details: ["reason": reason])
        try await environment.vault { try await $0.append(event) }
    }

    private static var refused: ServiceError {
        ServiceError(.signInRefused, "The user name or the password is not right.")
    }
}
