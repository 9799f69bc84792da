import Testing

@testable import SelfService

@Suite("Decoys")
struct DecoyMakerTests {
    private let maker = DecoyMaker(key: [UInt8](repeating: 7, count: 32))
    private let policy = Policy(
        name: "p",
        methods: [AllowedMethod(.email), AllowedMethod(.mobilePhone)],
        register: .init(minimum: 1),
        resetGates: 1
    )

    @Test("the same name gives the same decoy, however it is typed")
    func stable() {
        #expect(maker.subject(for: "nobody") == maker.subject(for: " Nobody "))
        #expect(maker.subject(for: "nobody") != maker.subject(for: "nobody2"))
        let methods = maker.methods(of: maker.subject(for: "nobody"), policy: policy)
        #expect(methods == maker.methods(of: maker.subject(for: "NOBODY"), policy: policy))
    }

    @Test("another key gives other decoys")
    func keyed() {
        let other = DecoyMaker(key: [UInt8](repeating: 8, count: 32))
        #expect(other.subject(for: "nobody") != maker.subject(for: "nobody"))
    }

    @Test("a decoy has enough methods for its gates, in the shape of real ones", arguments: 0..<50)
    func plausible(number: Int) {
        var policy = policy
        policy.resetGates = 1 + number % 2
        let methods = maker.methods(of: maker.subject(for: "n\(number)"), policy: policy)
        #expect(Set(methods.map(\.kind)).count >= policy.resetGates)
        for method in methods {
            #expect(method.id.count == 32)
            #expect(method.id.allSatisfy { $0.isHexDigit })
            #expect(
                method.hint.hasPrefix(method.kind == .mobilePhone ? "•••" : String(method.hint.prefix(1)) + "•••@•••")
            )
        }
    }

    @Test("some decoys have more methods than needed and some have not, as people do")
    func varied() {
        let counts = (0..<200).map { number in
            maker.methods(of: maker.subject(for: "n\(number)"), policy: policy).count
        }
        #expect(Set(counts) == [1, 2])
    }

    @Test("a name shows the same methods for a reset and an unlock, and none of a policy that resets nobody")
    func purposes() {
        var elsewhere = policy
        elsewhere.passwordElsewhere = "Elsewhere."
        for number in 0..<100 {
            let subject = maker.subject(for: "n\(number)")
            #expect(maker.policy(of: subject, among: [elsewhere, policy]) == policy)
        }
    }

    @Test("the questions of a decoy are always the same, as many as are asked of people")
    func questions() {
        let bank = (0..<20).map { QuestionRule.Question(id: "q\($0)", text: "Which \($0)?") }
        let rule = QuestionRule(register: 5, answer: 3, bank: bank)
        let drawn = (0..<200).map { maker.questions(of: maker.subject(for: "n\($0)"), rule: rule) }
        #expect(drawn.allSatisfy { Set($0).count == 3 && Set($0).isSubset(of: bank.map(\.id)) })
        #expect(drawn[0] == maker.questions(of: maker.subject(for: " N0"), rule: rule))
        #expect(Set(drawn.joined()).count == 20)
    }
}

/// Two thousand names that nobody has, beside what people under the same policies look like.
@Suite("Two thousand decoys")
struct DecoyPopulationTests {
    private static let maker = DecoyMaker(key: [UInt8](repeating: 7, count: 32))
    private static let count = 2000

    /// Everybody registers two of four, questions among them, and proves one of what shows.
    private static let policy = Policy(
        name: "everybody",
        methods: [.email, .mobilePhone, .recoveryCodes, .securityQuestions].map { AllowedMethod($0) },
        register: .init(minimum: 2, strong: 1),
        resetGates: 1
    )
    private static let staff = Policy(
        name: "staff",
        roles: ["staff"],
        methods: [.authenticator, .appNotification, .mobilePhone].map { AllowedMethod($0) },
        register: .init(minimum: 2),
        resetGates: 2
    )

    private static func shown(_ policy: Policy) -> [[MethodKind]] {
        (0..<count).map { maker.methods(of: maker.subject(for: "n\($0)"), policy: policy).map(\.kind) }
    }

    @Test("are under each policy in equal parts")
    func policies() {
        let names = (0..<Self.count).map {
            Self.maker.policy(of: Self.maker.subject(for: "n\($0)"), among: [Self.staff, Self.policy]).name
        }
        // A half of 2,000, within five standard deviations (22).
        #expect(abs(names.count { $0 == "staff" } - Self.count / 2) < 112)
    }

    @Test("show each choice that somebody registered could show, and no other")
    func choices() {
        for policy in [Self.policy, Self.staff] {
            let shown = Self.shown(policy)
            // All that people could have registered, less what shows only later.
            let possible = Self.complete(policy).map { $0.filter { !$0.comesSecond } }
            #expect(Set(shown) == Set(possible), "\(policy.name)")
            let rarest = Set(possible).map { choice in shown.count { $0 == choice } }.min() ?? 0
            #expect(rarest > Self.count / 100, "a choice that decoys never show proves that somebody is real")
        }
    }

    /// Each choice of kinds that meets the policy and passes its gates.
    private static func complete(_ policy: Policy) -> [[MethodKind]] {
        let kinds = policy.methods.map(\.kind)
        return (0..<(1 << kinds.count)).map { bits in
            kinds.indices.filter { bits >> $0 & 1 == 1 }.map { kinds[$0] }
        }.filter { choice in
            choice.count >= policy.register.minimum && choice.count(where: \.isStrong) >= policy.register.strong
                && Independence.gates(ofKinds: choice) >= policy.resetGates
        }
    }

    @Test("have hints of each letter and each two digits, and ids that are all different")
    func hints() {
        let methods = (0..<Self.count).flatMap {
            Self.maker.methods(of: Self.maker.subject(for: "n\($0)"), policy: Self.policy)
        }
        #expect(Set(methods.map(\.id)).count == methods.count)
        #expect(Set(methods.filter { $0.kind == .mobilePhone }.map(\.hint)).count == 100)
        #expect(Set(methods.filter { $0.kind == .email }.map(\.hint)).count >= 20)
    }
}
