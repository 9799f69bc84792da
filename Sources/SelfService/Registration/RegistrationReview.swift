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

    /// Verified methods of a kind that the policy allows. A pass is no registration.
    package var counting: [RegisteredMethod] {
        stored.methods.filter { $0.state == .verified && policy.allows($0.kind) && $0.kind != .accessPass }
    }

    /// Whether something was proven before that a change must be proven with. What others vouch for
    /// does not bind the person until the registration is whole.
    package var needsFreshProof: Bool {
        meetsPolicy || stored.methods.contains(where: \.isProven)
    }

    /// Whether the registration has as many methods, and as many strong ones, as the policy asks for.
    package var meetsPolicy: Bool { missingMethods.isEmpty }

    /// The methods that may pass a gate now: proven, allowed, and past their cooling-off.
    package var usable: [RegisteredMethod] {
        let passes = stored.methods.filter { method in
            guard case .pass(let pass) = method.secret, policy.allows(.accessPass) else { return false }
            return pass.isLive(at: now)
        }
        return counting.filter { method in
            !needsPassword(method) && canAnswer(method) && usableFrom(method).map { $0 <= now } ?? false
        } + passes
    }

    /// Whether it is a mailbox that cannot be read without the forgotten password.
    func needsPassword(_ method: RegisteredMethod) -> Bool {
        guard method.kind == .email, let domain = method.value.split(separator: "@").last?.lowercased() else {
            return false
        }
        return policy.mailNeedsPassword.contains { domain == $0 || domain.hasSuffix(".\($0)") }
    }

    /// Whether the usable methods are enough independent ones for the gates.
    package func canPass(gates: Int) -> Bool {
        Independence.gates(usable) >= gates
    }

    /// Codes that are all spent, and too few answers for what is asked, prove nothing.
    func canAnswer(_ method: RegisteredMethod) -> Bool {
        switch method.secret {
        case .codes(let codes): !codes.codes.isEmpty
        case .answers(let answers): policy.questions.map { answers.answers.count >= $0.answer } ?? false
        default: true
        }
    }

    /// The cooling-off does not hold for methods that were verified before the registration was complete.
    package func usableFrom(_ method: RegisteredMethod) -> Date? {
        guard let verifiedAt = method.verifiedAt, method.state == .verified else { return nil }
        let changed = method.changedAt?.addingTimeInterval(policy.coolingOff) ?? verifiedAt
        guard let completedAt = stored.completedAt, verifiedAt > completedAt else { return max(verifiedAt, changed) }
        return max(verifiedAt.addingTimeInterval(policy.coolingOff), changed)
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
            via: policy.via(of: method.kind),
            usableFrom: usableFrom(method)
        )
    }

    private var state: RegistrationView.State {
        guard meetsPolicy else { return .incomplete }
        return needsConfirmation ? .reconfirm : .complete
    }

    private var needsConfirmation: Bool {
        if stored.confirmationRequiredAt != nil { return true }
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
            let text = "Register \(Self.count(lackingStrong, "more strong method")), such as \(Self.example(kind))."
            items.append(MissingItem(code: "strong-methods", kind: kind, text: text))
        }
        return items
    }

    private static func example(_ kind: MethodKind?) -> String {
        switch kind {
        case .authenticator, .appNotification: "an authenticator app"
        case .recoveryCodes: "recovery codes"
        default: "a phone"
        }
    }

    private static func count(_ number: Int, _ noun: String) -> String {
        number == 1 ? "one \(noun)" : "\(number) \(noun)s"
    }
}
