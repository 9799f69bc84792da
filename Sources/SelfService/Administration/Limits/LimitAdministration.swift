import Audit
import Identity

/// Limits that somebody has run into.
package protocol LimitAdministration: Sendable {
    func countedLimits(of login: String, by administrator: Administrator) async throws(ServiceError) -> [CountedLimit]
    /// - Returns: whether there was anything to forget.
    func clearLimits(of login: String, reason: String, by administrator: Administrator) async throws(ServiceError)
        -> AdminOutcome<Bool>
}

extension Helpdesk {
    package func countedLimits(
        of login: String,
        by administrator: Administrator
    ) async throws(ServiceError) -> [CountedLimit] {
        let user = try await admission(administrator, .lookUp).seen(login)
        try await note(.personLookedUp, user.id, administrator, ["what": "limits"])
        var limits = environment.limits
        limits.signInFailuresLeft = environment.signInFailures()
        return try await environment.vault { [limits] in try await $0.countedLimits(of: user.id, limits: limits) }
    }

    package func clearLimits(
        of login: String,
        reason: String,
        by administrator: Administrator
    ) async throws(ServiceError) -> AdminOutcome<Bool> {
        let action = try action("limits.clear", .unlock, reason, administrator)
        return try await action.perform(on: login) { (grant) async throws(ServiceError) in
            try await environment.vault {
                try await $0.clearFailures(
                    of: grant.account.user.id,
                    details: grant.details,
                    by: administrator.actor
                )
            }
        }
    }
}
