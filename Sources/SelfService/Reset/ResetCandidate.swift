import Foundation
import Identity

/// Whether somebody may start a reset: pure, from what was read.
///
/// Somebody registered whose account is locked by an administrator, disabled or protected starts like
/// anybody else and learns the truth after all gates. Somebody who cannot pass the gates gets a decoy.
struct ResetCandidate: Sendable {
    /// Why somebody cannot start. Told only to front ends that may see the truth.
    enum Obstacle: String, Sendable {
        case unknown, noPolicy, passwordElsewhere, notRegistered, notEnoughMethods, frozen

        var text: String {
            switch self {
            case .unknown: "Nobody has this name."
            case .noPolicy: "No policy offers this to the person."
            case .passwordElsewhere: "The person's password is not kept in this directory."
            case .notRegistered: "The person has not completed the registration."
            case .frozen: "Resets are stopped for the person until an administrator lifts that."
            case .notEnoughMethods: "The person has too few usable methods for the gates."
            }
        }
    }

    let account: LiveAccount
    let review: RegistrationReview

    static func judge(
        _ account: LiveAccount?,
        stored: StoredRegistration,
        policies: PolicySet,
        purpose: ResetPurpose,
        now: Date
    ) -> Result<ResetCandidate, ObstacleError> {
        guard let account else { return .failure(ObstacleError(.unknown)) }
        let recent = stored.recentPolicies
        guard let policy = PolicyStanding.of(account, recent: recent, policies: policies, now: now)?.policy else {
            return .failure(ObstacleError(.noPolicy))
        }
        guard policy.passwordElsewhere == nil else { return .failure(ObstacleError(.passwordElsewhere)) }
        let review = RegistrationReview(stored: stored, policy: policy, now: now)
        guard review.meetsPolicy else { return .failure(ObstacleError(.notRegistered)) }
        guard stored.frozenAt == nil else { return .failure(ObstacleError(.frozen)) }
        guard review.canPass(gates: policy.gates(for: purpose)) else {
            return .failure(ObstacleError(.notEnoughMethods))
        }
        return .success(ResetCandidate(account: account, review: review))
    }

    struct ObstacleError: Error {
        let obstacle: Obstacle
        init(_ obstacle: Obstacle) { self.obstacle = obstacle }
    }
}
