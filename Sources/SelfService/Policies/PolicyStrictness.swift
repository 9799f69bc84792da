/// How strict a policy is: a total order, for choosing one of several that somebody may be under.
///
/// What is proven counts before what is registered, that before what is offered: more gates, then more strong and more
/// methods, then no questions and fewer kinds, then everything that keeps a stranger out a little longer.
package struct PolicyStrictness: Sendable, Comparable {
    /// From the most important one; greater is stricter.
    private let marks: [Double]

    package init(_ policy: Policy) {
        let enrolment: Double =
            switch policy.enrolment {
            case .password: 0
            case .candidate: 1
            case .pass: 2
            }
        let weak = policy.methods.count { !$0.kind.isStrong }
        marks = [
            Double(policy.resetGates), Double(policy.unlockGates), Double(policy.register.strong),
            Double(policy.register.minimum), policy.allows(.securityQuestions) ? 0 : 1, -Double(weak),
            -Double(policy.methods.count), -Double(policy.trustDirectory.count), enrolment, policy.coolingOff,
            policy.callsPressOnly ? 0 : 1, -(policy.reconfirmAfter ?? .greatestFiniteMagnitude),
        ]
    }

    package static func < (first: Self, second: Self) -> Bool {
        first.marks.lexicographicallyPrecedes(second.marks)
    }

    /// The strictest; of equally strict ones the first.
    package static func strictest(of policies: [Policy]) -> Policy? {
        policies.reduce(nil) { (found: Policy?, policy) in
            guard let found else { return policy }
            return PolicyStrictness(found) < PolicyStrictness(policy) ? policy : found
        }
    }
}
