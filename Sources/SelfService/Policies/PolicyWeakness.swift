/// One thing in which a policy is weaker than another, as a sentence's part: "1 gate for a reset instead of 2".
package struct PolicyWeakness: Sendable, Equatable, CustomStringConvertible {
    package let description: String

    private init(_ description: String) { self.description = description }

    /// Everything in which `policy` lets pass what `other` does not.
    package static func all(of policy: Policy, comparedTo other: Policy) -> [PolicyWeakness] {
        numbers(policy, other) + offers(policy, other) + rest(policy, other)
    }

    private static func numbers(_ policy: Policy, _ other: Policy) -> [PolicyWeakness] {
        [
            ("gates for a reset", policy.resetGates, other.resetGates),
            ("gates for an unlock", policy.unlockGates, other.unlockGates),
            ("methods to register", policy.register.minimum, other.register.minimum),
            ("strong methods to register", policy.register.strong, other.register.strong),
        ].compactMap { what, number, before in
            number < before ? PolicyWeakness("\(what): \(number) instead of \(before)") : nil
        }
    }

    private static func offers(_ policy: Policy, _ other: Policy) -> [PolicyWeakness] {
        let kinds = policy.methods.map(\.kind).filter { !other.allows($0) }
        let trusted = policy.trustDirectory.filter { !other.trustDirectory.contains($0) }
        return [
            kinds.isEmpty ? nil : PolicyWeakness("also offers \(list(kinds))"),
            trusted.isEmpty ? nil : PolicyWeakness("trusts the directory's \(list(trusted))"),
        ].compactMap(\.self)
    }

    private static func rest(_ policy: Policy, _ other: Policy) -> [PolicyWeakness] {
        let order = [EnrolmentRule.password, .candidate, .pass]
        let isLaxer =
            order.firstIndex(of: policy.enrolment).map { place in
                order.firstIndex(of: other.enrolment).map { place < $0 } ?? false
            } ?? false
        return [
            isLaxer
                ? PolicyWeakness("enrol: \(policy.enrolment.rawValue) instead of \(other.enrolment.rawValue)") : nil,
            policy.coolingOff < other.coolingOff ? PolicyWeakness("a shorter coolingOff") : nil,
            policy.callsPressOnly && !other.callsPressOnly ? PolicyWeakness("calls are answered by # alone") : nil,
        ].compactMap(\.self)
    }

    private static func list(_ kinds: [MethodKind]) -> String { kinds.map(\.rawValue).joined(separator: ", ") }
}
