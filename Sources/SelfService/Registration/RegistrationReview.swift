package import Foundation

/// Holds a registration against a policy. Pure: the same input gives the same view.
package struct RegistrationReview: Sendable {
    package let stored: StoredRegistration
    package let policy: Policy
    package let now: Date

    package init(stored: StoredRegistration, policy: Policy, now: Date) {
        self.stored = stored
        self.policy = policy
        self.now = now
    }

    /// Verified methods of a kind that the policy allows.
    package var counting: [RegisteredMethod] {
        stored.methods.filter { $0.state == .verified && policy.allows($0.kind) }
    }

    /// Whether the registration has as many methods, and as many strong ones, as the policy asks for.
    package var meetsPolicy: Bool { missingMethods.isEmpty }

    /// The methods that may pass a gate now: proven, allowed, and past their cooling-off.
    package var usable: [RegisteredMethod] {
        counting.filter { method in
            !needsPassword(method) && usableFrom(method).map { $0 <= now } ?? false
        }
    }

    private func needsPassword(_ method: RegisteredMethod) -> Bool {
        guard method.kind == .email, let domain = method.value.split(separator: "@").last?.lowercased() else {
            return false
        }
        return policy.mailNeedsPassword.contains { domain == $0 || domain.hasSuffix(".\($0)") }
    }

    /// Whether the usable methods are enough independent ones for the gates.
    package func canPass(gates: Int) -> Bool {
        Set(usable.map(\.kind)).count >= gates
    }

    /// The cooling-off does not hold for methods that were verified before the registration was complete.
    package func usableFrom(_ method: RegisteredMethod) -> Date? {
        guard let verifiedAt = method.verifiedAt, method.state == .verified else { return nil }
        guard let completedAt = stored.completedAt, verifiedAt > completedAt else { return verifiedAt }
        return verifiedAt.addingTimeInterval(policy.coolingOff)
    }

    package func view(showingValues: Bool) -> RegistrationView {
        RegistrationView(
            state: state,
            missing: missing,
            methods: stored.methods.map { view(of: $0, showingValue: showingValues) },
            policy: policy
        )
    }

    package func view(of method: RegisteredMethod, showingValue: Bool) -> MethodView {
        MethodView(
            method: method,
            showsValue: showingValue,
            via: policy.methods.first { $0.kind == method.kind }?.via ?? method.kind.via,
            usableFrom: usableFrom(method)
        )
    }

    private var state: RegistrationView.State {
        guard meetsPolicy else { return .incomplete }
        return needsConfirmation ? .reconfirm : .complete
    }

    private var needsConfirmation: Bool {
        guard let period = policy.reconfirmAfter, let completedAt = stored.completedAt else { return false }
        return now >= max(completedAt, stored.confirmedAt ?? completedAt).addingTimeInterval(period)
    }

    private var missing: [MissingItem] {
        let confirmation = MissingItem(
            code: "confirmation",
            text: "Please confirm that everything you registered is still yours."
        )
        return missingMethods + (meetsPolicy && needsConfirmation ? [confirmation] : [])
    }

    private var missingMethods: [MissingItem] {
        var items: [MissingItem] = []
        let lacking = policy.register.minimum - counting.count
        if lacking > 0 {
            items.append(MissingItem(code: "methods", text: "Register \(Self.count(lacking, "more method"))."))
        }
        let lackingStrong = policy.register.strong - counting.count { $0.kind.isStrong }
        if lackingStrong > 0 {
            let kind = policy.methods.first { $0.kind.isStrong }?.kind
            let text = "Register \(Self.count(lackingStrong, "more strong method")), such as a phone."
            items.append(MissingItem(code: "strong-methods", kind: kind, text: text))
        }
        return items
    }

    private static func count(_ number: Int, _ noun: String) -> String {
        number == 1 ? "one \(noun)" : "\(number) \(noun)s"
    }
}
