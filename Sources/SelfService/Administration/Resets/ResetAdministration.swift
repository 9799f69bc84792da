import Audit
import Identity

/// Resets that administrators begin and never end: who helps never chooses, and never sees, a password.
package protocol ResetAdministration: Sendable {
    /// Sends the person a link to the address that counts for a reset. Which one that is, nobody is told.
    func sendReset(
        to login: String,
        reason: String,
        by administrator: Administrator
    ) async throws(ServiceError) -> AdminOutcome<Bool>
}

extension Helpdesk {
    package func sendReset(
        to login: String,
        reason: String,
        by administrator: Administrator
    ) async throws(ServiceError) -> AdminOutcome<Bool> {
        let action = try action("password.reset", .sendReset, reason, administrator)
        return try await action.perform(on: login) { (grant) async throws(ServiceError) in
            // A link that would end in a refusal is not sent.
            if let refusal = Preflight.refusal(grant.account, policies: environment.policies) {
                throw ServiceError(.notPermitted, refusal.text)
            }
            try await note(.resetLinkRequested, grant.account.user.id, administrator, grant.details)
            try await LinkService(environment: environment).send(to: grant.account.user, by: administrator.actor)
            return true
        }
    }
}
