package import Foundation
package import Identity

/// One way in which other policies would change what somebody can do. The raw values are part of the API.
package enum PolicyChange: String, Sendable, CaseIterable {
    case losesReset = "loses-reset"
    case losesUnlock = "loses-unlock"
    case becomesIncomplete = "becomes-incomplete"
    case gainsReset = "gains-reset"
    case gainsUnlock = "gains-unlock"
    case becomesComplete = "becomes-complete"
    case changesPolicy = "changes-policy"

    /// Whether people are to be named for it.
    package var isLoss: Bool { self == .losesReset || self == .losesUnlock || self == .becomesIncomplete }
}

/// What other policies would change for one person, by the mirror's roles and what is registered now. Pure.
///
/// Whether the account is locked, disabled or frozen is the same before and after, and counts for neither.
package struct PolicyForecast: Sendable, Equatable {
    package var user: User
    /// The names of the policies; nil: none matches.
    package var before: String?
    package var after: String?
    package var changes: [PolicyChange]
    /// Why, under the new policies.
    package var reasons: [Explanation.Finding]

    package init(user: User, stored: StoredRegistration, from old: PolicySet, to new: PolicySet, now: Date) {
        let (old, new) = (PolicyProspect(user, stored, old, now), PolicyProspect(user, stored, new, now))
        self.user = user
        before = old.review?.policy.name
        after = new.review?.policy.name
        changes = Self.changes(from: old, to: new)
        reasons = changes.contains(where: \.isLoss) ? new.obstacles : []
    }

    private static func changes(from old: PolicyProspect, to new: PolicyProspect) -> [PolicyChange] {
        [
            change(old.canReset, new.canReset, loss: .losesReset, gain: .gainsReset),
            change(old.canUnlock, new.canUnlock, loss: .losesUnlock, gain: .gainsUnlock),
            change(old.isComplete, new.isComplete, loss: .becomesIncomplete, gain: .becomesComplete),
            old.review?.policy.name == new.review?.policy.name ? nil : .changesPolicy,
        ].compactMap(\.self)
    }

    private static func change(
        _ before: Bool,
        _ after: Bool,
        loss: PolicyChange,
        gain: PolicyChange
    ) -> PolicyChange? {
        before == after ? nil : before ? loss : gain
    }
}

/// What somebody can do under a set of policies.
struct PolicyProspect {
    /// Nil: no policy matches.
    let review: RegistrationReview?
    private let isProtected: Bool

    init(_ user: User, _ stored: StoredRegistration, _ policies: PolicySet, _ now: Date) {
        review = policies.policy(forRoles: user.roles).map { RegistrationReview(stored: stored, policy: $0, now: now) }
        isProtected = policies.isProtected(roles: user.roles)
    }

    var isComplete: Bool { review?.meetsPolicy ?? false }
    var canReset: Bool { can(.reset) }
    var canUnlock: Bool { can(.unlock) }

    private func can(_ purpose: ResetPurpose) -> Bool {
        guard let review, !isProtected else { return false }
        return review.meetsPolicy && review.canPass(gates: review.policy.gates(for: purpose))
    }

    /// Everything that stands in the way, as stable codes with sentences.
    var obstacles: [Explanation.Finding] {
        guard let review else {
            return [.init(code: "no-policy", blocks: true, text: "No policy matches the person's roles.")]
        }
        var findings: [Explanation.Finding] = []
        if isProtected {
            findings.append(.init(code: "protected", blocks: true, text: "The person's role would be protected."))
        }
        let refused = Set(
            review.stored.methods.filter { $0.state == .verified && !review.policy.allows($0.kind) }.map(\.kind)
        )
        for kind in MethodKind.allCases where refused.contains(kind) && kind != .accessPass {
            findings.append(
                .init(
                    code: "kind-not-offered",
                    blocks: false,
                    text: "\(kind.rawValue) is registered and would not count."
                )
            )
        }
        findings += review.view(showingValues: false).missing.filter { $0.code != "confirmation" }.map {
            .init(code: $0.code, blocks: true, text: $0.text)
        }
        return findings + gates(review)
    }

    private func gates(_ review: RegistrationReview) -> [Explanation.Finding] {
        let passes = Independence.gates(review.usable)
        return [("reset", review.policy.resetGates), ("unlock", review.policy.unlockGates)].compactMap { what, gates in
            guard passes < gates else { return nil }
            return .init(
                code: "too-few-gates",
                blocks: true,
                text:
                    "The usable methods pass \(passes) of the \(gates) gates of \(what == "unlock" ? "an" : "a") \(what)."
            )
        }
    }
}
