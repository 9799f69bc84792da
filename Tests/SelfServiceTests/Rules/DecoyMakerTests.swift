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
        let methods = maker.methods(of: maker.subject(for: "nobody"), policy: policy, purpose: .reset)
        #expect(methods == maker.methods(of: maker.subject(for: "NOBODY"), policy: policy, purpose: .reset))
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
        let methods = maker.methods(of: maker.subject(for: "n\(number)"), policy: policy, purpose: .reset)
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
            maker.methods(of: maker.subject(for: "n\(number)"), policy: policy, purpose: .reset).count
        }
        #expect(Set(counts) == [1, 2])
    }
}
