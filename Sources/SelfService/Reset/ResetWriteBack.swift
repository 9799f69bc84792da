import Audit
import Foundation
import Identity

// MARK: The write-back at the end of a reset

extension ResetService {
    func setPassword(
        _ password: Password,
        token: String,
        from caller: Caller
    ) async throws(ServiceError) -> WriteOutcome {
        let reset = try await provenSession(token, caller, purpose: .reset)
        guard !password.isEmpty, password.text.utf8.count <= Password.byteLimit else {
            throw ServiceError(.invalidValue, "Type a new password.", field: "password")
        }
        let (account, policy) = try await standing(of: reset, from: caller)
        let writeBack = WriteBack(environment: environment, kind: .password, actor: caller.actor)
        try await requireRules(password, account: account, from: caller)
        let rules = try await environment.live { directory throws(DirectoryFailure) in
            try await directory.passwordRules(for: account)
        }
        if let reason = Preflight.refusal(account, rules: rules, now: environment.clock.now) {
            throw try await writeBack.refused(reason, person: account.user.id)
        }
        let linked = await environment.linkedStandings(of: account.user, for: .password)
        try await requireLinkedRules(password, account: account, linked, from: caller)
        return try await writeBack.run(account, session: reset.session, linked: linked) {
            (directory, account) throws(DirectoryFailure) in
            try await directory.write(password, to: account, mustChange: policy.mustChange)
        }
    }

    func unlock(token: String, from caller: Caller) async throws(ServiceError) -> WriteOutcome {
        let reset = try await provenSession(token, caller, purpose: .unlock)
        let (account, _) = try await standing(of: reset, from: caller)
        let writeBack = WriteBack(environment: environment, kind: .unlock, actor: caller.actor)
        let linked = await environment.linkedStandings(of: account.user, for: .unlock)
        return try await writeBack.run(account, session: reset.session, linked: linked) {
            (directory, account) throws(DirectoryFailure) in
            try await directory.unlock(account)
        }
    }

    private func provenSession(
        _ token: String,
        _ caller: Caller,
        purpose: ResetPurpose
    ) async throws(ServiceError) -> ResetSession {
        let reset = try await resetSession(token, caller)
        guard reset.progress.purpose == purpose, reset.progress.stage == .open else {
            throw ServiceError(.wrongState, "This session is spent, or was begun for something else.")
        }
        guard reset.progress.isProven, !reset.session.subject.isDecoy else {
            throw ServiceError(.gatesOpen, "Prove first that it is you: not all gates are passed.")
        }
        return reset
    }

    /// Reads the account live and refuses what must be refused. A role that came since, and with it
    /// another policy, ends the session.
    private func standing(
        of reset: ResetSession,
        from caller: Caller
    ) async throws(ServiceError) -> (LiveAccount, Policy) {
        let id = reset.session.subject.id
        let account = try await environment.account(id)
        let writeBack = WriteBack(
            environment: environment,
            kind: reset.progress.purpose == .reset ? .password : .unlock,
            actor: caller.actor
        )
        guard let account else { throw try await writeBack.refused(.accountGone, person: id) }
        if let reason = Preflight.refusal(account, policies: environment.policies) {
            throw try await writeBack.refused(reason, person: id)
        }
        try environment.requirePassword(reset.session.passwordStamp, of: account)
        let review = try review(of: reset)
        guard let policy = environment.standing(of: account, review.stored)?.policy,
            policy.name == reset.session.policyName
        else { throw ServiceEnvironment.deadToken }
        // A method that was removed, or is not allowed any more, proves nothing.
        let usable = Set(review.usable.map(\.id))
        guard reset.progress.proofs.allSatisfy({ usable.contains($0.methodID) }) else {
            throw ServiceEnvironment.deadToken
        }
        return (account, policy)
    }

    /// The configured rules are checked here; the directory checks its own, and says so.
    private func requireRules(
        _ password: Password,
        account: LiveAccount,
        from caller: Caller
    ) async throws(ServiceError) {
        try await require(
            environment.passwordRules.check(password, directory: DirectoryPasswordRules(), person: account.user),
            account,
            caller
        )
    }

    /// What another password would mend is refused before anything is written anywhere, for a linked directory: with
    /// the first one written, the person might not be allowed to choose again today.
    private func requireLinkedRules(
        _ password: Password,
        account: LiveAccount,
        _ linked: [LinkedStanding],
        from caller: Caller
    ) async throws(ServiceError) {
        let known = linked.compactMap(\.rules).filter(\.isCertain)
        guard let rules = DirectoryPasswordRules.strictest(of: known) else { return }
        try await require(
            environment.passwordRules.check(password, directory: rules, person: account.user),
            account,
            caller
        )
    }

    private func require(
        _ rules: [PasswordRuleResult],
        _ account: LiveAccount,
        _ caller: Caller
    ) async throws(ServiceError) {
        guard let broken = rules.first(where: { !$0.satisfied }) else { return }
        let outcome = WriteOutcome(.refused, reason: broken.reason, server: "")
        try await WriteBack(environment: environment, kind: .password, actor: caller.actor)
            .record(outcome, person: account.user.id)
        throw ServiceError(.passwordRefused, broken.reason.text, outcome: outcome, rules: rules)
    }
}

// MARK: As they type

extension ResetService {
    /// The rules of configuration and directory, each with its yes or no.
    func checkPassword(
        _ password: Password,
        token: String,
        from caller: Caller
    ) async throws(ServiceError) -> PasswordCheck {
        let session = try await environment.session(token, caller) { session in
            guard case .reset(let progress) = session.kind else { return true }
            return progress.isProven && progress.stage == .open
        }
        let account = try await environment.live { directory throws(DirectoryFailure) in
            try await directory.account(session.subject.id)
        }
        guard let account else { throw ServiceEnvironment.deadToken }
        let own = try await environment.live { directory throws(DirectoryFailure) in
            try await directory.passwordRules(for: account)
        }
        let linked = await environment.linkedRules(of: account.user)
        let directory = DirectoryPasswordRules.strictest(of: [own] + linked) ?? own
        return PasswordCheck(
            rules: environment.passwordRules.check(password, directory: directory, person: account.user),
            isIncomplete: !directory.isComplete
        )
    }
}
