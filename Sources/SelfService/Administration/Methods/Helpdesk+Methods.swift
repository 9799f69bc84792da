import Audit
import Identity

// MARK: What somebody has registered

extension Helpdesk {
    package func methods(
        of login: String,
        by administrator: Administrator
    ) async throws(ServiceError) -> [MethodView] {
        let user = try await admission(administrator, .lookUp).seen(login)
        try await note(.personLookedUp, user.id, administrator, ["what": "methods"])
        return try await views(of: user, showingValues: false)
    }

    package func revealMethods(
        of login: String,
        reason: String,
        by administrator: Administrator
    ) async throws(ServiceError) -> AdminOutcome<[MethodView]> {
        let action = try action("methods.reveal", .reveal, reason, administrator)
        return try await action.perform(on: login) { (grant) async throws(ServiceError) in
            let user = grant.account.user
            try await note(.methodsRevealed, user.id, administrator, grant.details)
            return try await views(of: user, showingValues: true)
        }
    }

    package func addMethod(
        _ request: MethodRequest,
        to login: String,
        reason: String,
        by administrator: Administrator
    ) async throws(ServiceError) -> AdminOutcome<MethodEntryResult> {
        // Before anybody is asked to approve it.
        let terms = [request.kind.rawValue, try EnteredValue.value(request), request.label ?? ""]
        let action = try action("methods.add", .editMethods, reason, administrator, terms)
        return try await action.perform(on: login) { (grant) async throws(ServiceError) in
            let user = grant.account.user
            let policy = try policy(of: user)
            let entry = MethodEntry(
                person: user.id,
                draft: try EnteredValue.draft(
                    request,
                    source: .administrator,
                    under: policy,
                    environment.limits.budgets
                ),
                mayCompare: administrator.may(.reveal, over: user.roles),
                notice: .methodEntered(request.kind),
                details: grant.details
            )
            let results = try await environment.vault {
                try await $0.enterMethods(
                    [entry],
                    limit: RegistrationService.methodLimit,
                    isPartial: false,
                    by: administrator.actor
                )
            }
            environment.wakeCourier()
            guard let result = results.first, result != .full else { throw Self.full }
            return result
        }
    }

    package func removeMethods(
        of login: String,
        id: String?,
        reason: String,
        by administrator: Administrator
    ) async throws(ServiceError) -> AdminOutcome<Int> {
        let action = try action("methods.remove", .editMethods, reason, administrator, [id ?? "*"])
        return try await action.perform(on: login) { (grant) async throws(ServiceError) in
            let count = try await environment.vault {
                try await $0.removeMethods(
                    id.map { [$0] },
                    of: grant.account.user.id,
                    notice: .methodsRemoved,
                    details: grant.details,
                    by: administrator.actor
                )
            }
            guard id == nil || count > 0 else { throw ServiceError(.notFound, "The person has no such method.") }
            environment.wakeCourier()
            return count
        }
    }

    private func views(of user: User, showingValues: Bool) async throws(ServiceError) -> [MethodView] {
        let stored = try await environment.vault { try await $0.registration(of: user.id) }
        guard let policy = environment.policies.policy(forRoles: user.roles) else { return [] }
        return RegistrationReview(stored: stored, policy: policy, now: environment.clock.now)
            .view(showingValues: showingValues).methods
    }

    static var full: ServiceError {
        ServiceError(.conflict, "The person has \(RegistrationService.methodLimit) methods, which is the limit.")
    }
}
