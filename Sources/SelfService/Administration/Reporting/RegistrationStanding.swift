import Foundation
package import Identity

/// How a person's registration stands, seen from the mirror: who is protected by the filter is not known here.
package struct RegistrationStanding: Sendable, Equatable {
    package var user: User
    package var policyName: String?
    /// Nil when nothing is registered.
    package var state: RegistrationView.State?
    /// How many methods count.
    package var methodCount: Int
    package var canReset: Bool
    package var canUnlock: Bool
    /// Why something is missing or in the way, as stable codes.
    package var reasons: [String]
    /// Kinds of which a proven value is another than the directory's.
    package var drift: [MethodKind]

    package init(
        user: User,
        policyName: String? = nil,
        state: RegistrationView.State? = nil,
        methodCount: Int = 0,
        canReset: Bool = false,
        canUnlock: Bool = false,
        reasons: [String] = [],
        drift: [MethodKind] = []
    ) {
        self.user = user
        self.policyName = policyName
        self.state = state
        self.methodCount = methodCount
        self.canReset = canReset
        self.canUnlock = canUnlock
        self.reasons = reasons
        self.drift = drift
    }

    package func matches(_ wanted: ReportQuery.State) -> Bool {
        switch wanted {
        case .registered: state == .complete || state == .reconfirm
        case .complete: state == .complete
        case .reconfirm: state == .reconfirm
        case .incomplete: state == .incomplete
        case .none: state == nil
        case .capable: canReset
        case .incapable: !canReset
        }
    }
}

extension RegistrationStanding {
    /// Pure.
    static func of(_ user: User, _ stored: StoredRegistration, policies: PolicySet, now: Date) -> RegistrationStanding {
        var standing = RegistrationStanding(user: user)
        let account = LiveAccount(user: user, marker: AccountMarker(passwordChangedAt: nil, version: nil))
        standing.reasons = [Preflight.refusal(account, policies: policies)?.rawValue].compactMap(\.self)
        if stored.frozenAt != nil { standing.reasons.append("frozen") }
        standing.drift = Self.drift(user, stored)
        guard let policy = policies.policy(forRoles: user.roles) else {
            standing.reasons.append("no-policy")
            return standing
        }
        let isFree = standing.reasons.isEmpty
        let review = RegistrationReview(stored: stored, policy: policy, now: now)
        let view = review.view(showingValues: false)
        standing.policyName = policy.name
        standing.state = stored.methods.contains { $0.state == .verified && $0.kind != .accessPass } ? view.state : nil
        standing.methodCount = review.counting.count
        let meets = isFree && review.meetsPolicy
        standing.canReset = meets && review.canPass(gates: policy.resetGates)
        standing.canUnlock = meets && review.canPass(gates: policy.unlockGates)
        standing.reasons += standing.state == nil ? ["not-registered"] : view.missing.map(\.code)
        if meets, !standing.canReset { standing.reasons.append(Self.gateReason(review)) }
        return standing
    }

    /// Waiting helps, or it does not.
    private static func gateReason(_ review: RegistrationReview) -> String {
        Independence.gates(review.counting) >= review.policy.resetGates ? "cooling-off" : "too-few-gates"
    }

    private static func drift(_ user: User, _ stored: StoredRegistration) -> [MethodKind] {
        DirectoryValues.usable(of: user).compactMap { kind, value in
            let proven = stored.methods.filter { $0.kind == kind && $0.state == .verified }
            return proven.isEmpty || proven.contains { $0.value == value } ? nil : kind
        }
    }
}
