import Foundation
import Identity
import Testing

@testable import SelfService

@Suite("What other policies would do to somebody")
struct PolicyForecastTests {
    private static let now = Date(timeIntervalSince1970: 1_800_000_000)
    private static let person = EntryID(folding: [1])

    private static func policy(
        _ kinds: [MethodKind],
        minimum: Int = 1,
        strong: Int = 0,
        gates: Int = 1,
        unlock: Int = 1,
        roles: [String]? = nil,
        name: String = "all"
    ) -> Policy {
        Policy(
            name: name,
            roles: roles,
            methods: kinds.map { AllowedMethod($0) },
            register: .init(minimum: minimum, strong: strong),
            resetGates: gates,
            unlockGates: unlock
        )
    }

    private static func method(_ kind: MethodKind, _ value: String) -> RegisteredMethod {
        RegisteredMethod(
            id: "\(kind.rawValue)-\(value)",
            kind: kind,
            value: value,
            label: "",
            state: .verified,
            isDefault: false,
            addedAt: now,
            verifiedAt: now.addingTimeInterval(-60)
        )
    }

    private static let mail = method(.email, "a@example.net")
    private static let phone = method(.mobilePhone, "+12025550142")

    private func forecast(
        _ old: [Policy],
        _ new: [Policy],
        methods: [RegisteredMethod] = [mail, phone],
        roles: [String] = [],
        protected: [String] = []
    ) -> PolicyForecast {
        PolicyForecast(
            user: User(id: Self.person, dn: "uid=a", login: "a", roles: roles),
            stored: StoredRegistration(person: Self.person, methods: methods),
            from: PolicySet(policies: old),
            to: PolicySet(policies: new, protectedRoles: protected),
            now: Self.now
        )
    }

    private let old = [policy([.email, .mobilePhone])]

    @Test("the same policies change nothing")
    func same() {
        let forecast = forecast(old, old)
        #expect(forecast.changes.isEmpty && forecast.reasons.isEmpty)
    }

    @Test("more gates than the methods pass take the reset away, and the unlock where that asks for them too")
    func gates() {
        let reset = forecast(old, [Self.policy([.email, .mobilePhone], gates: 2)], methods: [Self.mail])
        #expect(reset.changes == [.losesReset])
        #expect(reset.reasons.map(\.code) == ["too-few-gates"])
        #expect(reset.reasons.first?.text == "The usable methods pass 1 of the 2 gates of a reset.")
        let both = forecast(old, [Self.policy([.email, .mobilePhone], gates: 2, unlock: 2)], methods: [Self.mail])
        #expect(both.changes == [.losesReset, .losesUnlock])
        #expect(both.reasons.map(\.code) == ["too-few-gates", "too-few-gates"])
        #expect(forecast(old, [Self.policy([.email, .mobilePhone], gates: 2)]).changes.isEmpty)
    }

    @Test("a kind that is offered no more, or more to register, makes a registration incomplete, with reasons")
    func incomplete() {
        let dropped = forecast(old, [Self.policy([.authenticator, .email], strong: 1)])
        #expect(dropped.changes == [.losesReset, .losesUnlock, .becomesIncomplete])
        #expect(dropped.reasons.map(\.code) == ["kind-not-offered", "strong-methods"])
        let more = forecast(old, [Self.policy([.email, .mobilePhone], minimum: 3)])
        #expect(more.changes == [.losesReset, .losesUnlock, .becomesIncomplete])
        #expect(more.reasons.map(\.code) == ["methods"])
    }

    @Test("who falls under no policy, or becomes protected, is told apart from who lacks methods")
    func outside() {
        let staff = Self.policy([.email, .mobilePhone], roles: ["staff"], name: "staff")
        let none = forecast(old, [staff])
        #expect(none.changes == [.losesReset, .losesUnlock, .becomesIncomplete, .changesPolicy])
        #expect(none.before == "all" && none.after == nil && none.reasons.map(\.code) == ["no-policy"])
        let guarded = forecast(old, old, roles: ["admins"], protected: ["Admins"])
        #expect(guarded.changes == [.losesReset, .losesUnlock] && guarded.reasons.map(\.code) == ["protected"])
    }

    @Test("what is gained is told too, without reasons")
    func gains() {
        let strict = [Self.policy([.email, .mobilePhone], minimum: 3, gates: 2, name: "strict")]
        let forecast = forecast(strict, old)
        #expect(forecast.changes == [.gainsReset, .gainsUnlock, .becomesComplete, .changesPolicy])
        #expect(forecast.reasons.isEmpty)
    }

    @Test("who registered nothing loses nothing")
    func unregistered() {
        #expect(forecast(old, [Self.policy([.email], minimum: 2, gates: 1)], methods: []).changes.isEmpty)
    }
}
