import Audit
import Foundation
package import Identity

/// What administrators do for people: look, explain, help. Never more than their capabilities over these people.
package struct Helpdesk: AdministrationServices {
    private let source: EnvironmentSource

    package init(environment: ServiceEnvironment) {
        self.init(EnvironmentSource(environment))
    }

    package init(_ source: EnvironmentSource) {
        self.source = source
    }

    var environment: ServiceEnvironment { source.current }

    package func unlock(
        login: String,
        reason: String,
        by administrator: Administrator
    ) async throws(ServiceError) -> WriteOutcome {
        let reason = try AdminReason(reason)
        let target = try await admission(administrator, .unlock).target(login)
        let writeBack = WriteBack(environment: environment, kind: .unlock, actor: administrator.actor)
        guard let account = target.account else {
            throw try await writeBack.refused(.accountGone, person: target.user.id)
        }
        // What is protected is never opened here, whoever asks.
        if target.isProtected { throw try await writeBack.refused(.accountProtected, person: target.user.id) }
        if let refusal = Preflight.refusal(account, policies: environment.policies) {
            throw try await writeBack.refused(refusal, person: target.user.id)
        }
        try await note(.unlockRequested, target.user.id, administrator, ["why": reason.text])
        let linked = await environment.linkedStandings(of: account.user, for: .unlock)
        return try await writeBack.run(account, session: nil, linked: linked) {
            (directory, account) throws(DirectoryFailure) in
            try await directory.unlock(account)
        }
    }

    package func registrationState(of user: User) async throws(ServiceError) -> RegistrationView.State? {
        let stored = try await environment.vault { try await $0.registration(of: user.id) }
        guard !stored.methods.isEmpty, let policy = environment.policies.policy(forRoles: user.roles) else {
            return nil
        }
        return RegistrationReview(stored: stored, policy: policy, now: environment.clock.now)
            .view(showingValues: false).state
    }
}

// MARK: What all of it needs

extension Helpdesk {
    func admission(_ administrator: Administrator, _ capability: AdminCapability) -> Admission {
        Admission(environment: environment, administrator: administrator, capability: capability)
    }

    func action(
        _ name: String,
        _ capability: AdminCapability,
        _ reason: String,
        _ administrator: Administrator,
        _ terms: [String] = []
    ) throws(ServiceError) -> AdminAction {
        AdminAction(
            environment: environment,
            administrator: administrator,
            capability: capability,
            name: name,
            terms: terms,
            reason: try AdminReason(reason)
        )
    }

    func note(
        _ action: AuditAction,
        _ person: EntryID?,
        _ administrator: Administrator,
        _ details: [String: String]
    ) async throws(ServiceError) {
        let event = AuditEvent(action, .done, by: administrator.actor, about: person, details: details)
        try await environment.vault { try await $0.append(event) }
    }

    func policy(of user: User) throws(ServiceError) -> Policy {
        guard let policy = environment.policies.policy(forRoles: user.roles) else {
            throw ServiceError(.wrongState, "No policy offers registration to this person.")
        }
        return policy
    }

    static func lacks(_ capability: AdminCapability, _ administrator: Administrator) -> ServiceError {
        ServiceError(
            .notPermitted,
            "The user with uid \(administrator.uid) lacks the capability \(capability.rawValue)."
        )
    }
}

// MARK: Explaining

extension Helpdesk {
    package func explain(
        login: String,
        by administrator: Administrator
    ) async throws(ServiceError) -> Explanation {
        let user = try await admission(administrator, .lookUp).seen(login)
        try await note(.personLookedUp, user.id, administrator, ["what": "explanation"])
        let stored = try await environment.vault { try await $0.registration(of: user.id) }
        let (account, isLive) = await liveAccount(user)
        return Explainer(
            policies: environment.policies,
            account: account,
            isLive: isLive,
            stored: stored,
            linked: await environment.linkedStandings(of: account.user, for: .password),
            now: environment.clock.now
        ).explanation
    }

    /// The account as it is now, or the mirror's view of it when the directory does not answer.
    private func liveAccount(_ user: User) async -> (LiveAccount, isLive: Bool) {
        let mirrored = LiveAccount(user: user, marker: AccountMarker(passwordChangedAt: nil, version: nil))
        do {
            return (try await environment.account(user.id) ?? Self.gone(mirrored), true)
        } catch {
            return (mirrored, false)
        }
    }

    private static func gone(_ account: LiveAccount) -> LiveAccount {
        var account = account
        account.user.account = AccountStatus(state: .deleted)
        return account
    }
}
