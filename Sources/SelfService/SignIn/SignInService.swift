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
        limits.signInFailures = environment.signInFailures()
        if let retryAfter = try await environment.vault({ [limits] in try await $0.countSignIn(subject, limits: limits)
        }) {
            try await record(.refused, subject, caller, reason: "too-many-attempts")
            throw ServiceEnvironment.tooMany(retryAfter)
        }
        let verdict = try await environment.live { directory throws(DirectoryFailure) in
            try await directory.verify(password, of: user)
        }
        return try await conclude(verdict, user: user, subject: subject, from: caller)
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
        guard let policy = environment.policies.policy(forRoles: account.user.roles) else {
            try await record(.refused, subject, caller, reason: "no-policy")
            throw ServiceError(.notPermitted, "No policy offers registration to you. Please ask the helpdesk.")
        }
        return try await open(account.user, policy: policy, from: caller)
    }

    /// The account, unless it may not be used: then it is as if the password had been wrong.
    ///
    /// The bind proved who bears the name now. If the person has been renamed since the mirror saw them, that
    /// may be somebody else: the names must agree.
    private func livingAccount(_ user: User) async throws(ServiceError) -> LiveAccount? {
        let account = try await environment.live { directory throws(DirectoryFailure) in
            try await directory.account(user.id)
        }
        guard let account, account.user.account.state == .active, account.user.dn == user.dn else { return nil }
        return account
    }

    private func open(_ user: User, policy: Policy, from caller: Caller) async throws(ServiceError) -> SignInResult {
        let draft = SessionDraft(
            subject: .person(user.id),
            frontend: caller.frontend,
            policyName: policy.name,
            policyVersion: environment.policies.version,
            lifetime: environment.lifetimes.signIn,
            idleLimit: environment.lifetimes.signInIdle,
            kind: .signIn
        )
        let event = AuditEvent(.signIn, .done, by: caller.actor, about: user.id, details: ["policy": policy.name])
        let limits = environment.limits
        let opening = try await environment.vault { try await $0.openSession(draft, audit: event, limits: limits) }
        guard case .opened(let issued) = opening else {
            if case .limited(let retryAfter) = opening { throw ServiceEnvironment.tooMany(retryAfter) }
            throw Self.refused
        }
        let stored = try await environment.vault { try await $0.registration(of: user.id) }
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
