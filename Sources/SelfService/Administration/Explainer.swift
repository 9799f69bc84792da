import Foundation
import Identity

/// Puts into words what would happen now. Pure.
struct Explainer {
    let policies: PolicySet
    let account: LiveAccount
    let isLive: Bool
    let stored: StoredRegistration
    let now: Date

    var explanation: Explanation {
        var explanation = Explanation(user: account.user, isLive: isLive, findings: accountFindings)
        guard let policy = policies.policy(forRoles: account.user.roles) else {
            explanation.findings.append(
                .init(code: "no-policy", blocks: true, text: "No policy matches the person's roles.")
            )
            return explanation
        }
        let review = RegistrationReview(stored: stored, policy: policy, now: now)
        explanation.policyName = policy.name
        explanation.resetGates = policy.resetGates
        explanation.unlockGates = policy.unlockGates
        explanation.registration = stored.methods.isEmpty ? nil : review.view(showingValues: false).state
        explanation.findings += policyFindings(review)
        let isFree = !explanation.findings.contains(where: \.blocks)
        explanation.canReset = isFree && review.canPass(gates: policy.resetGates)
        explanation.canUnlock = isFree && review.canPass(gates: policy.unlockGates)
        return explanation
    }

    private var accountFindings: [Explanation.Finding] {
        var findings: [Explanation.Finding] = []
        if !isLive {
            findings.append(
                .init(code: "not-live", blocks: true, text: "The directory does not answer; this is the mirror's view.")
            )
        }
        if let refusal = Preflight.refusal(account, policies: policies) {
            findings.append(.init(code: refusal.rawValue, blocks: true, text: refusal.text))
        } else {
            findings.append(lock)
        }
        if account.mustChange {
            findings.append(
                .init(code: "must-change", blocks: false, text: "The password must be changed at the next sign-in.")
            )
        }
        return findings
    }

    private var lock: Explanation.Finding {
        guard account.user.account.state == .locked else {
            return .init(code: "active", blocks: false, text: "The account is active and not locked.")
        }
        let since = account.user.account.since.map { " since \($0.formatted(.iso8601))" } ?? ""
        return .init(
            code: "locked",
            blocks: false,
            text: "The account is locked\(since) by too many wrong passwords. An unlock or a reset opens it."
        )
    }

    private func policyFindings(_ review: RegistrationReview) -> [Explanation.Finding] {
        var findings = [
            Explanation.Finding(
                code: "policy",
                blocks: false,
                text: "The policy \(review.policy.name) holds: \(review.policy.resetGates) gate(s) for a reset, "
                    + "\(review.policy.unlockGates) for an unlock."
            )
        ]
        guard review.meetsPolicy else {
            let missing = review.view(showingValues: false).missing.map(\.text).joined(separator: " ")
            findings.append(
                .init(code: "not-registered", blocks: true, text: "The registration is not complete. \(missing)")
            )
            return findings
        }
        if review.usable.count < review.counting.count {
            findings.append(
                .init(
                    code: "cooling-off",
                    blocks: false,
                    text: "A method was added lately and may not be used for a reset yet."
                )
            )
        }
        return findings
    }
}
