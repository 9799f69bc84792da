package import Audit
import Foundation
package import Identity

/// What administrators do for people: look, explain, unlock. Never more than the person could.
package struct Helpdesk: AdministrationServices {
    private let environment: ServiceEnvironment

    package init(environment: ServiceEnvironment) {
        self.environment = environment
    }

    package func methods(of login: String, by actor: AuditActor) async throws(ServiceError) -> [MethodView] {
        let user = try await person(login)
        let event = AuditEvent(.personLookedUp, .done, by: actor, about: user.id, details: ["what": "methods"])
        try await environment.vault { try await $0.append(event) }
        let stored = try await environment.vault { try await $0.registration(of: user.id) }
        guard let policy = environment.policies.policy(forRoles: user.roles) else { return [] }
        return RegistrationReview(stored: stored, policy: policy, now: environment.clock.now)
            .view(showingValues: false).methods
    }

    package func unlock(
        login: String,
        reason: String,
        by actor: AuditActor
    ) async throws(ServiceError) -> WriteOutcome {
        let user = try await person(login)
        let account = try await environment.account(user.id)
        let writeBack = WriteBack(environment: environment, kind: .unlock, actor: actor)
        guard let account else { throw try await writeBack.refused(.accountGone, person: user.id) }
        if let refusal = Preflight.refusal(account, policies: environment.policies) {
            throw try await writeBack.refused(refusal, person: user.id)
        }
        let event = AuditEvent(.unlockRequested, .done, by: actor, about: user.id, details: ["why": reason])
        try await environment.vault { try await $0.append(event) }
        return try await writeBack.run(account, session: nil) { directory throws(DirectoryFailure) in
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

    private func person(_ login: String) async throws(ServiceError) -> User {
        guard let user = try await environment.mirror({ try await $0.person(login: login) }) else {
            throw ServiceError(.notFound, "Nobody has the login \(login.debugDescription).")
        }
        return user
    }
}

// MARK: Explaining

extension Helpdesk {
    package func explain(login: String, by actor: AuditActor) async throws(ServiceError) -> Explanation {
        let user = try await person(login)
        let event = AuditEvent(.personLookedUp, .done, by: actor, about: user.id, details: ["what": "explanation"])
        try await environment.vault { try await $0.append(event) }
        let stored = try await environment.vault { try await $0.registration(of: user.id) }
        let (account, isLive) = await liveAccount(user)
        return Explainer(
            policies: environment.policies,
            account: account,
            isLive: isLive,
            stored: stored,
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
