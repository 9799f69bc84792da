import Testing

@testable import SelfService

@Suite("The strictness of policies")
struct PolicyStrictnessTests {
    static let base = Policy(
        name: "base",
        methods: [AllowedMethod(.authenticator), AllowedMethod(.mobilePhone), AllowedMethod(.email)],
        register: .init(minimum: 2, strong: 1),
        resetGates: 2,
        reconfirmAfter: 86400,
        coolingOff: 3600,
        enrolment: .candidate
    )

    static func changed(_ change: (inout Policy) -> Void) -> Policy {
        var policy = base
        policy.name = "other"
        change(&policy)
        return policy
    }

    /// Each is stricter than ``base``, for one reason.
    static let stricter: [Policy] = [
        changed { $0.resetGates = 3 },
        changed { $0.unlockGates = 3 },
        changed { $0.register.strong = 2 },
        changed { $0.register.minimum = 3 },
        changed { $0.methods.removeLast() },
        changed { $0.methods.removeFirst() },
        changed { $0.enrolment = .pass },
        changed { $0.coolingOff = 7200 },
        changed { $0.reconfirmAfter = 3600 },
    ]

    /// Each is weaker than ``base``.
    static let weaker: [Policy] = [
        changed { $0.methods.append(AllowedMethod(.securityQuestions)) },
        changed { $0.trustDirectory = [.email] },
        changed { $0.callsPressOnly = true },
        changed { $0.enrolment = .password },
        changed { $0.reconfirmAfter = nil },
    ]

    @Test("grows with each thing that is asked for", arguments: stricter)
    func grows(policy: Policy) {
        #expect(PolicyStrictness(Self.base) < PolicyStrictness(policy))
        #expect(PolicyStrictness.strictest(of: [Self.base, policy]) == policy)
        #expect(PolicyStrictness.strictest(of: [policy, Self.base]) == policy)
    }

    @Test("sinks with each thing that is let pass", arguments: weaker)
    func sinks(policy: Policy) {
        #expect(PolicyStrictness(policy) < PolicyStrictness(Self.base))
    }

    @Test("is led by the gates, whatever else is asked for")
    func gatesFirst() {
        let many = Self.changed {
            $0.resetGates = 1
            $0.register = .init(minimum: 5, strong: 3)
            $0.coolingOff = 1e6
        }
        #expect(PolicyStrictness(many) < PolicyStrictness(Self.base))
    }

    @Test("of equally strict policies the first is taken, and of none none")
    func ties() {
        let twin = Self.changed { _ in }
        #expect(PolicyStrictness.strictest(of: [twin, Self.base])?.name == "other")
        #expect(PolicyStrictness.strictest(of: []) == nil)
    }
}
