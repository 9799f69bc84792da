import Foundation
import Identity
import Testing

@testable import SelfService

@Suite("A registration held against its policy")
struct RegistrationReviewTests {
    private let start = Date(timeIntervalSince1970: 1_800_000_000)
    private let person = EntryID(folding: [1])

    private func policy(
        minimum: Int,
        strong: Int = 0,
        reconfirmAfter: Double? = nil,
        coolingOff: Double = 0
    ) -> Policy {
        Policy(
            name: "p",
            methods: [AllowedMethod(.email), AllowedMethod(.mobilePhone)],
            register: .init(minimum: minimum, strong: strong),
            resetGates: 1,
            reconfirmAfter: reconfirmAfter,
            coolingOff: coolingOff
        )
    }

    private func method(_ kind: MethodKind, verifiedAfter seconds: Double?) -> RegisteredMethod {
        RegisteredMethod(
            id: kind.rawValue,
            kind: kind,
            value: "v",
            label: "",
            state: seconds == nil ? .unverified : .verified,
            isDefault: false,
            addedAt: start,
            verifiedAt: seconds.map(start.addingTimeInterval)
        )
    }

    private func review(
        _ methods: [RegisteredMethod],
        _ policy: Policy,
        completedAfter: Double? = nil,
        now: Double = 0
    ) -> RegistrationReview {
        let completed = completedAfter.map(start.addingTimeInterval)
        let stored = StoredRegistration(person: person, methods: methods, completedAt: completed)
        return RegistrationReview(stored: stored, policy: policy, now: start.addingTimeInterval(now))
    }

    @Test("an unverified method counts nothing")
    func unverifiedCountsNothing() {
        let view = review([method(.email, verifiedAfter: nil)], policy(minimum: 1)).view(showingValues: false)
        #expect(view.state == .incomplete)
        #expect(!view.isRegistered)
        #expect(view.missing.map(\.code) == ["methods"])
    }

    @Test("an email is not a strong method, a phone is")
    func strongMethods() {
        let asks = policy(minimum: 1, strong: 1)
        let mail = review([method(.email, verifiedAfter: 0)], asks).view(showingValues: false)
        #expect(mail.missing.map(\.code) == ["strong-methods"])
        #expect(mail.missing.first?.kind == .mobilePhone)
        #expect(review([method(.mobilePhone, verifiedAfter: 0)], asks).meetsPolicy)
    }

    @Test("methods verified before completion have no cooling-off, later ones wait for it")
    func coolingOff() throws {
        let methods = [method(.email, verifiedAfter: 0), method(.mobilePhone, verifiedAfter: 100)]
        let asks = policy(minimum: 1, coolingOff: 3600)
        let early = review(methods, asks, completedAfter: 10, now: 200)
        #expect(early.usable.map(\.kind) == [.email])
        #expect(early.usableFrom(methods[1]) == start.addingTimeInterval(3700))
        #expect(!early.canPass(gates: 2))
        #expect(review(methods, asks, completedAfter: 10, now: 3700).canPass(gates: 2))
    }

    @Test("after the period the person is asked to confirm, and is still registered")
    func reconfirm() {
        let methods = [method(.email, verifiedAfter: 0)]
        let asks = policy(minimum: 1, reconfirmAfter: 1000)
        #expect(review(methods, asks, completedAfter: 0, now: 999).view(showingValues: false).state == .complete)
        let due = review(methods, asks, completedAfter: 0, now: 1000).view(showingValues: false)
        #expect(due.state == .reconfirm)
        #expect(due.isRegistered)
        #expect(due.missing.map(\.code) == ["confirmation"])
    }

    @Test("mail that cannot be read without the forgotten password passes no gate")
    func mailNeedsPassword() {
        var mail = method(.email, verifiedAfter: 0)
        var asks = policy(minimum: 1)
        asks.mailNeedsPassword = ["example.org"]
        for (value, passes) in [("a@example.org", false), ("a@mail.Example.org", false), ("a@notexample.org", true)] {
            mail.value = value
            let review = review([mail], asks)
            #expect(review.meetsPolicy)
            #expect(review.canPass(gates: 1) == passes)
        }
    }

    @Test("a method of a kind that the policy does not allow any more counts nothing")
    func kindNoLongerAllowed() {
        var asks = policy(minimum: 1)
        asks.methods = [AllowedMethod(.mobilePhone)]
        #expect(!review([method(.email, verifiedAfter: 0)], asks).meetsPolicy)
    }
}
