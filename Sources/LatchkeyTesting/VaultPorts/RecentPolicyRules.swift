import Audit
import Foundation
import Identity
import SelfService

extension VaultRule {
    private static let day: TimeInterval = 86400

    static let recentPolicies: [VaultRule] = [
        VaultRule("the policies that sign-ins and resets began under are remembered, the latest first") { scene in
            let person = VaultScene.person(1)
            try await scene.begin(under: "staff", person)
            scene.clock.advance(by: 2 * day)
            try await scene.begin(under: "everybody", person)
            let recent = try await scene.store.registration(of: person).recentPolicies
            try expect(recent.map(\.name) == ["everybody", "staff"], "both")
            try expect(recent.first?.lastSeen == scene.clock.now, "with their times")
            let other = try await scene.store.registration(of: VaultScene.person(2)).recentPolicies
            try expect(other.isEmpty, "and nobody else's")
        },
        VaultRule("a note of a policy is written anew once it is older than a day") { scene in
            let person = VaultScene.person(1)
            try await scene.begin(under: "staff", person)
            let first = scene.clock.now
            scene.clock.advance(by: day - 1)
            try await scene.begin(under: "staff", person)
            try expect(try await scene.lastSeen(person) == first, "not before")
            scene.clock.advance(by: 2)
            try await scene.begin(under: "staff", person)
            try expect(try await scene.lastSeen(person) == scene.clock.now, "but then")
        },
        VaultRule("a policy is forgotten after 30 days, and with the person") { scene in
            let (person, other) = (VaultScene.person(1), VaultScene.person(2))
            try await scene.begin(under: "staff", person)
            scene.clock.advance(by: RecentPolicy.window - 1)
            try expect(try await scene.lastSeen(person) != nil, "not before")
            scene.clock.advance(by: 1)
            try expect(try await scene.lastSeen(person) == nil, "then it is")
            try await scene.begin(under: "staff", other)
            _ = try await scene.add("a@x.org", to: other)
            try await scene.store.disable([other])
            _ = try await scene.store.purge(disabledBefore: scene.clock.now, limit: 10)
            try expect(try await scene.lastSeen(other) == nil, "who is purged leaves none")
        },
        VaultRule("a decoy leaves no note of a policy") { scene in
            let id = VaultScene.person(1)
            _ = try await scene.reset(.decoy(id))
            try expect(try await scene.store.registration(of: id).recentPolicies.isEmpty, "none")
        },
    ]
}

extension VaultScene {
    fileprivate func begin(under policy: String, _ person: EntryID) async throws {
        let draft = SessionDraft(
            subject: .person(person),
            from: Caller(frontend: Self.frontend),
            policyName: policy,
            policyVersion: "1",
            lifetime: lifetimes.signIn,
            kind: .signIn
        )
        let event = AuditEvent(.signIn, .done, by: Self.actor, about: person)
        _ = try await store.openSession(draft, audit: event, limits: limits)
    }

    fileprivate func lastSeen(_ person: EntryID) async throws -> Date? {
        try await store.registration(of: person).recentPolicies.first?.lastSeen
    }
}
