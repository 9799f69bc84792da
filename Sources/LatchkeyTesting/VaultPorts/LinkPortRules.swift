import Audit
import Foundation
package import Identity
package import SelfService

extension VaultRule {
    private static let person = VaultScene.person(1)
    private static let rules = LinkRules(baseURL: "https://account.example.org/reset", lifetime: 3600)

    static let links: [VaultRule] = [
        VaultRule("a link lives once its mail is handed over, and then the older one is dead") { scene in
            let mail = try await scene.verified("a@x.org", of: person)
            let first = try await scene.link(to: mail, of: person)
            try expect(try await scene.store.link(token: first.token) == nil, "not before")
            _ = try await scene.store.admit(first.message, within: DeliveryBudgets())
            try expect(try await scene.store.link(token: first.token)?.person == person, "now it does")
            let second = try await scene.link(to: mail, of: person)
            try expect(try await scene.store.link(token: first.token) != nil, "one that has not left ends none")
            _ = try await scene.store.admit(second.message, within: DeliveryBudgets())
            try expect(try await scene.store.link(token: first.token) == nil, "the older one is dead")
            try expect(try await scene.store.link(token: second.token)?.methodID == mail.id, "the newer one lives")
        },
        VaultRule("of many who redeem one link at once, one gets a session, and looking spends nothing") { scene in
            let mail = try await scene.verified("a@x.org", of: person)
            let link = try await scene.handedOver(to: mail, of: person)
            for _ in 0..<3 { try expect(try await scene.store.link(token: link) != nil, "looking spends nothing") }
            let opened = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<16 { group.addTask { try await scene.redeem(link, person, mail) != nil } }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            try expect(opened == 1, "one")
            try expect(try await scene.store.link(token: link) == nil, "it is spent")
        },
        VaultRule("a redeemed link has proven the mailbox, and nothing else") { scene in
            let mail = try await scene.verified("a@x.org", of: person)
            _ = try await scene.verified("+12025550142", .mobilePhone, of: person)
            let one = try unwrap(
                try await scene.redeem(try await scene.handedOver(to: mail, of: person), person, mail),
                "one gate"
            )
            try expect(try await scene.begin(of: person, in: one.session) != nil, "one gate is passed")
            scene.clock.advance(by: scene.limits.window)
            let two = try unwrap(
                try await scene.redeem(try await scene.handedOver(to: mail, of: person), person, mail, gates: 2),
                "two gates"
            )
            try expect(try await scene.begin(of: person, in: two.session) == nil, "two gates are not")
        },
        VaultRule("a link dies in time, with a written password and with a freeze, and is nobody else's") { scene in
            let mail = try await scene.verified("a@x.org", of: person)
            let late = try await scene.handedOver(to: mail, of: person)
            try expect(try await scene.redeem(late, VaultScene.person(2), mail) == nil, "not for somebody else")
            scene.clock.advance(by: rules.lifetime)
            try expect(try await scene.store.link(token: late) == nil, "its time is over")
            scene.clock.advance(by: scene.limits.window)
            let former = try await scene.handedOver(to: mail, of: person)
            let session = try await scene.proven(person, mail).session
            let intent = try unwrap(try await scene.begin(of: person, in: session), "the write begins")
            try await scene.finish(intent, .applied)
            try expect(try await scene.redeem(former, person, mail) == nil, "a password was written")
            scene.clock.advance(by: scene.limits.window)
            let frozen = try await scene.handedOver(to: mail, of: person)
            try await scene.store.freeze(person, reason: "a test", by: VaultScene.actor)
            try expect(try await scene.redeem(frozen, person, mail) == nil, "a freeze")
        },
        VaultRule("who has a link waits for nobody's flood of sessions") { scene in
            var scene = scene
            let mail = try await scene.verified("a@x.org", of: person)
            let link = try await scene.handedOver(to: mail, of: person)
            scene.limits.sessionStartsPerMinute = 1
            for _ in 0..<3 { _ = try await scene.start(.signIn, for: .person(VaultScene.person(2))) }
            try expect(try await scene.redeem(link, person, mail) != nil, "it is redeemed at once")
        },
        VaultRule("a decoy's link is made and carried like any other, and opens nothing") { scene in
            let decoy = Subject.decoy(VaultScene.person(8))
            let link = try await scene.link(to: VaultScene.decoyMethod(), of: decoy)
            _ = try await scene.store.admit(link.message, within: DeliveryBudgets())
            try expect(try await scene.store.link(token: link.token) == nil, "it is nobody's")
            try expect(
                try await scene.redeem(link.token, decoy.id, VaultScene.decoyMethod()) == nil,
                "it opens nothing"
            )
        },
        VaultRule("links are messages: what is over the limit is not made, and ends no link that lives") { scene in
            let mail = try await scene.verified("a@x.org", of: person)
            let link = try await scene.handedOver(to: mail, of: person)
            var waits: [Int] = []
            for _ in 0..<scene.limits.messagesPerDestination {
                let draft = scene.linkDraft(to: mail, of: .person(person))
                let wait = try await scene.store.makeLink(
                    draft,
                    rules: rules,
                    limits: scene.limits,
                    by: VaultScene.actor
                )
                if let wait { waits.append(wait) }
            }
            try expect(!waits.isEmpty, "some were not made")
            try expect(try await scene.store.link(token: link) != nil, "the one that was handed over lives")
        },
    ]
}

extension VaultScene {
    func linkDraft(to method: RegisteredMethod, of subject: Subject) -> LinkDraft {
        LinkDraft(
            subject: subject,
            policyName: "everybody",
            policyVersion: "1",
            methodID: method.id,
            destination: method.value
        )
    }

    func link(to method: RegisteredMethod, of person: EntryID) async throws -> (token: String, message: Int64) {
        try await link(to: method, of: .person(person))
    }

    /// A link whose mail waits.
    func link(to method: RegisteredMethod, of subject: Subject) async throws -> (token: String, message: Int64) {
        let rules = LinkRules(baseURL: "https://account.example.org/reset", lifetime: 3600)
        let draft = linkDraft(to: method, of: subject)
        let wait = try await store.makeLink(draft, rules: rules, limits: limits, by: Self.actor)
        try expect(wait == nil, "a link is made")
        let message = try unwrap(
            try await store.dueMessages(limit: 100).last { $0.message.content?.topic == .resetLink },
            "its mail waits"
        )
        let token = try unwrap(message.message.code, "the token stands in the mail")
        try expect(message.message.link == rules.url(.reset, token: token), "and in its link")
        return (token, message.id)
    }

    /// The token of a link that lives.
    package func handedOver(to method: RegisteredMethod, of person: EntryID) async throws -> String {
        let link = try await link(to: method, of: person)
        _ = try await store.admit(link.message, within: DeliveryBudgets())
        try await store.finish(link.message, delivered: true, reason: nil)
        return link.token
    }

    package func redeem(
        _ token: String,
        _ person: EntryID,
        _ method: RegisteredMethod,
        gates: Int = 1
    ) async throws -> IssuedSession? {
        var progress = ResetProgress(purpose: .reset, required: gates)
        progress.accept(ResetProgress.Proof(methodID: method.id, kind: method.kind, value: method.value))
        let draft = SessionDraft(
            subject: .person(person),
            from: Caller(frontend: Self.frontend),
            policyName: "everybody",
            policyVersion: "1",
            lifetime: lifetimes.reset,
            kind: .reset(progress)
        )
        let event = AuditEvent(.resetStarted, .done, by: Self.actor, about: person)
        return try await store.redeem(token: token, draft, audit: event)
    }
}
