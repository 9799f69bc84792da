package import Foundation
import Identity

// MARK: Temporary access passes

extension Helpdesk {
    package func issuePass(
        to login: String,
        lifetime: TimeInterval?,
        reason: String,
        by administrator: Administrator
    ) async throws(ServiceError) -> AdminOutcome<IssuedPass> {
        let lifetime = try Self.checked(lifetime)
        let action = try action("passes.issue", .issuePass, reason, administrator, ["\(Int(lifetime))"])
        return try await action.perform(on: login) { (grant) async throws(ServiceError) in
            _ = try policy(of: grant.account.user)
            return try await issue(grant, lifetime, administrator)
        }
    }

    private func issue(
        _ grant: AdminAction.Grant,
        _ lifetime: TimeInterval,
        _ administrator: Administrator
    ) async throws(ServiceError) -> IssuedPass {
        let user = grant.account.user
        let tools = EnrolmentTools(
            person: user.id,
            login: user.login,
            issuer: environment.issuer,
            hashing: environment.hashing
        )
        let enrolment = try await AccessPass.enrol(MethodRequest(kind: .accessPass), with: tools)
        guard case .pass(var secret) = enrolment.secret, let text = enrolment.shown?.codes?.first else {
            throw ServiceError(.vaultUnavailable, "The pass could not be made. Try again.")
        }
        let expiresAt = environment.clock.now.addingTimeInterval(lifetime)
        secret.expiresAt = expiresAt
        secret.passwordStamp = grant.account.passwordStamp
        let isIssued = try await environment.vault { [secret] in
            try await $0.issuePass(
                secret,
                to: user.id,
                notice: .passIssued,
                details: grant.details,
                by: administrator.actor
            )
        }
        guard isIssued else {
            throw ServiceError(.wrongState, "Resets and changes are stopped for this person. Lift the freeze first.")
        }
        environment.wakeCourier()
        return IssuedPass(pass: text, expiresAt: expiresAt)
    }

    package func revokePass(
        of login: String,
        reason: String,
        by administrator: Administrator
    ) async throws(ServiceError) -> AdminOutcome<Bool> {
        let action = try action("passes.revoke", .issuePass, reason, administrator)
        return try await action.perform(on: login) { (grant) async throws(ServiceError) in
            try await environment.vault {
                try await $0.revokePass(
                    of: grant.account.user.id,
                    details: grant.details,
                    by: administrator.actor
                )
            }
        }
    }

    private static func checked(_ lifetime: TimeInterval?) throws(ServiceError) -> TimeInterval {
        guard let lifetime else { return AccessPass.lifetime }
        guard (60...AccessPass.lifetimeLimit).contains(lifetime) else {
            throw ServiceError(.invalidValue, "A pass lives from one minute to 30 days.", field: "lifetime")
        }
        return lifetime
    }
}
