import Foundation
import Identity

/// Puts into words what would happen now. Pure.
struct Explainer {
    let policies: PolicySet
    let account: LiveAccount
    let isLive: Bool
    let stored: StoredRegistration
    /// The directory's policy for the person, where it was asked.
    var rules = DirectoryPasswordRules()
    /// What the linked directories say.
    var linked: [LinkedStanding] = []
    let now: Date

    var explanation: Explanation {
        var explanation = Explanation(user: account.user, isLive: isLive, findings: accountFindings)
        explanation.frozenSince = stored.frozenAt
        explanation.doubt = account.doubt
        let recent = stored.recentPolicies
        guard let standing = PolicyStanding.of(account, recent: recent, policies: policies, now: now) else {
            explanation.findings.append(
                .init(code: "no-policy", blocks: true, text: "No policy matches the person's roles.")
            )
            return explanation
        }
        let review = RegistrationReview(stored: stored, policy: standing.policy, now: now)
        explain(standing, review, in: &explanation)
        return explanation
    }

    private func explain(_ standing: PolicyStanding, _ review: RegistrationReview, in explanation: inout Explanation) {
        let view = review.view(showingValues: false)
        explanation.policyName = standing.policy.name
        explanation.policyRole = standing.role
        explanation.resetGates = standing.policy.resetGates
        explanation.unlockGates = standing.policy.unlockGates
        explanation.registration = stored.methods.isEmpty ? nil : view.state
        explanation.methods = MethodStanding.all(review)
        explanation.missing = view.missing
        explanation.findings += PolicyExplainer(standing: standing).findings + policyFindings(review)
        explanation.findings += linked.map(\.finding)
        let isFree = !explanation.findings.contains(where: \.blocks)
        let refusal = Preflight.refusal(account, rules: rules, now: now)
        explanation.canReset = isFree && refusal == nil && review.canPass(gates: standing.policy.resetGates)
        explanation.canUnlock = isFree && review.canPass(gates: standing.policy.unlockGates)
        if isFree { explanation.findings += gateFindings(review) }
        if let refusal {
            let text = "A reset would be refused: \(refusal.text)"
            explanation.findings.append(.init(code: refusal.rawValue, blocks: false, text: text))
        }
    }

    private var accountFindings: [Explanation.Finding] {
        var findings: [Explanation.Finding] = []
        if !isLive {
            findings.append(
                .init(code: "not-live", blocks: true, text: "The directory does not answer; this is the mirror's view.")
            )
        }
        if let since = stored.frozenAt {
            let text =
                "Resets and changes are stopped since \(since.formatted(.iso8601)), until an administrator lifts it."
            findings.append(.init(code: "frozen", blocks: true, text: text))
        }
        if let refusal = Preflight.refusal(account, policies: policies) {
            findings.append(.init(code: refusal.rawValue, blocks: true, text: refusal.text))
        } else {
            findings.append(lock)
        }
        if isLive { findings += failures }
        if account.mustChange {
            findings.append(
                .init(code: "must-change", blocks: false, text: "The password must be changed at the next sign-in.")
            )
        }
        return findings
    }

    private var failures: [Explanation.Finding] {
        guard let last = account.failures.text else { return [] }
        var findings = [Explanation.Finding(code: "wrong-passwords", blocks: false, text: last)]
        if let cause = LockCause.of(account.failures, passwordChangedAt: account.passwordChangedAt) {
            findings.append(.init(code: cause.rawValue, blocks: false, text: cause.text))
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
        var findings: [Explanation.Finding] = []
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

    /// Which purposes the usable methods are too few for.
    private func gateFindings(_ review: RegistrationReview) -> [Explanation.Finding] {
        let passes = Independence.gates(review.usable)
        return [("a reset", review.policy.resetGates), ("an unlock", review.policy.unlockGates)].compactMap {
            what,
            gates in
            guard passes < gates else { return nil }
            let text = "The usable methods pass \(passes) of the \(gates) gates of \(what)."
            return .init(code: "too-few-gates", blocks: true, text: text)
        }
    }
}

extension LinkedStanding {
    /// Nothing there stands in the way of the mirrored directory.
    fileprivate var finding: Explanation.Finding {
        switch state {
        case .open(let account, _):
            let isLocked = account.user.account.state == .locked
            let text =
                isLocked ? "The account is locked there; an unlock or a reset opens it." : "The account is active."
            return .init(code: isLocked ? "linked-locked" : "linked-active", blocks: false, text: "\(name): \(text)")
        case .closed(let reason):
            let text = "\(name) would not be written: \(reason.text)"
            return .init(code: "linked-\(reason.rawValue)", blocks: false, text: text)
        }
    }
}
