package import Foundation

/// Whether one registered method would pass a gate now, and if not, why: as stable codes with sentences. Never a value.
package struct MethodStanding: Sendable, Equatable {
    package var method: RegisteredMethod
    /// Whether it may pass a gate at this moment.
    package var isUsable: Bool
    /// When its cooling-off is over; nil while it is not verified.
    package var usableFrom: Date?
    /// Empty when it simply counts.
    package var findings: [Explanation.Finding]

    /// Of all methods, in the order in which they were added.
    static func all(_ review: RegistrationReview) -> [MethodStanding] {
        let usable = review.usable
        return review.stored.methods.map { method in
            let obstacles = self.obstacles(method, review)
            let isUsable = usable.contains { $0.id == method.id }
            return MethodStanding(
                method: method,
                isUsable: isUsable,
                usableFrom: review.usableFrom(method),
                findings: isUsable ? remarks(method, among: usable) : obstacles
            )
        }
    }

    private static func obstacles(_ method: RegisteredMethod, _ review: RegistrationReview) -> [Explanation.Finding] {
        var found: [Explanation.Finding] = []
        func add(_ code: String, _ text: String) { found.append(.init(code: code, blocks: true, text: text)) }
        if !review.policy.allows(method.kind) { add("kind-not-offered", "The policy does not offer this kind.") }
        switch method.state {
        case .verified: break
        case .unverified: add("unverified", "Its possession was never proven.")
        case .candidate: add("candidate", "\(source(method)) Its possession was not proven yet.")
        }
        if let from = review.usableFrom(method), from > review.now {
            add("cooling-off", "It was added or changed lately and counts from \(from.formatted(.iso8601)) on.")
        }
        if review.needsPassword(method) {
            add("needs-password", "This mailbox cannot be read without the forgotten password.")
        }
        if !review.canAnswer(method) { add("used-up", usedUp(method)) }
        if case .pass(let pass) = method.secret, !pass.isLive(at: review.now) {
            add("expired", "The pass has expired.")
        }
        return found
    }

    private static func source(_ method: RegisteredMethod) -> String {
        switch method.source {
        case .directory: "The directory has it."
        case .imported: "It was imported."
        case .administrator: "An administrator entered it."
        case .person: "The person entered it."
        }
    }

    private static func usedUp(_ method: RegisteredMethod) -> String {
        method.kind == .recoveryCodes
            ? "All of its codes are spent." : "It has fewer answers than the policy asks for."
    }

    /// What limits a method that counts.
    private static func remarks(
        _ method: RegisteredMethod,
        among usable: [RegisteredMethod]
    ) -> [Explanation.Finding] {
        var found: [Explanation.Finding] = []
        if method.kind.comesSecond {
            found.append(
                .init(code: "only-second", blocks: false, text: "It counts only after another proof, and never alone.")
            )
        }
        let resources = Independence.resources(method.kind, value: method.value)
        let earlier = usable.prefix { $0.id != method.id }.first { other in
            !resources.isDisjoint(with: Independence.resources(other.kind, value: other.value))
        }
        if let earlier {
            let what = earlier.kind == method.kind ? "It is of the same kind as" : "It rests on the same thing as"
            found.append(
                .init(
                    code: "same-gate",
                    blocks: false,
                    text: "\(what) the \(earlier.kind.rawValue) above: the two pass one gate together."
                )
            )
        }
        return found
    }
}
