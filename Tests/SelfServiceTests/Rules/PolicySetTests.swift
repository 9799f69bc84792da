import Testing

@testable import SelfService

@Suite("Policies")
struct PolicySetTests {
    private let staff = Policy(
        name: "staff",
        roles: ["Staff", "faculty"],
        methods: [AllowedMethod(.mobilePhone)],
        register: .init(minimum: 1),
        resetGates: 2
    )
    private let everybody = Policy(
        name: "everybody",
        methods: [AllowedMethod(.email)],
        register: .init(minimum: 1),
        resetGates: 1
    )

    @Test("the first policy whose roles match holds, without regard to case")
    func firstMatchWins() {
        let policies = PolicySet(policies: [staff, everybody])
        #expect(policies.policy(forRoles: ["STAFF", "guests"])?.name == "staff")
        #expect(policies.policy(forRoles: ["guests"])?.name == "everybody")
        #expect(policies.policy(forRoles: [])?.name == "everybody")
    }

    @Test("without a policy for everybody, others are offered nothing")
    func failsClosed() {
        #expect(PolicySet(policies: [staff]).policy(forRoles: ["guests"]) == nil)
    }

    @Test("an unlock needs as many gates as a reset unless it says otherwise")
    func unlockGates() {
        #expect(staff.gates(for: .unlock) == 2)
    }

    @Test("a policy's version changes with every change of it or of who is protected, and of nothing else")
    func version() {
        let version = PolicySet(policies: [staff, everybody]).version(of: everybody.name)
        #expect(version != nil && PolicySet(policies: [staff]).version(of: everybody.name) == nil)
        var changed = everybody
        changed.coolingOff = 1
        let other = PolicySet(policies: [staff, changed])
        #expect(other.version(of: everybody.name) != version)
        #expect(other.version(of: staff.name) == PolicySet(policies: [staff, everybody]).version(of: staff.name))
        #expect(
            PolicySet(policies: [staff, everybody], protectedRoles: ["admins"]).version(of: everybody.name) != version
        )
        #expect(PolicySet(policies: [staff, everybody]).version(of: everybody.name) == version)
    }

    @Test("holders of a protected role are protected")
    func protectedRoles() {
        let policies = PolicySet(policies: [everybody], protectedRoles: ["Domain-Admins"])
        #expect(policies.isProtected(roles: ["domain-admins"]))
        #expect(!policies.isProtected(roles: ["staff"]))
    }
}
