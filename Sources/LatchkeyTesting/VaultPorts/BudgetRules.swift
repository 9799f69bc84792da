import Audit
import Foundation
import Identity
import SelfService

extension VaultRule {
    private static let person = VaultScene.person(1)
    private static let other = VaultScene.person(2)

    static let budgets: [VaultRule] = [
        VaultRule("a country's budget of a day is counted over everybody, to the message, and comes back after a day") {
            scene in
            let budgets = DeliveryBudgets(prefixes: [.init("+44", .perDay(2))])
            let first = try await scene.queued("+442079460001", for: person)
            let second = try await scene.queued("+442079460002", for: other)
            let third = try await scene.queued("+442079460003", for: VaultScene.person(3))
            let elsewhere = try await scene.queued("+12025550142", for: VaultScene.person(4))
            try expect(try await scene.store.admit(first, within: budgets) == .admitted, "one")
            try expect(try await scene.store.admit(second, within: budgets) == .admitted, "two")
            let verdict = try await scene.store.admit(third, within: budgets)
            try expect(verdict == .refused(BudgetRefusal(.prefixBudget, prefix: "+44")), "three: \(verdict)")
            try expect(try await scene.store.admit(elsewhere, within: budgets) == .admitted, "another country")
            scene.clock.advance(by: 86401)
            try expect(try await scene.store.admit(third, within: budgets) == .admitted, "the next day")
        },
        VaultRule("the longest prefix counts, and a range that is refused gets nothing") { scene in
            let budgets = DeliveryBudgets(
                prefixes: [.init("+1", .perDay(100)), .init("+1900", .refused)],
                otherwise: .refused
            )
            let premium = try await scene.queued("+19005550142", for: person)
            let plain = try await scene.queued("+12025550142", for: other)
            let abroad = try await scene.queued("+442079460001", for: VaultScene.person(3))
            let verdict = try await scene.store.admit(premium, within: budgets)
            try expect(verdict == .refused(BudgetRefusal(.refusedPrefix, prefix: "+1900")), "premium: \(verdict)")
            try expect(try await scene.store.admit(plain, within: budgets) == .admitted, "its country")
            let others = try await scene.store.admit(abroad, within: budgets)
            try expect(others == .refused(BudgetRefusal(.refusedPrefix)), "all others: \(others)")
        },
        VaultRule("a flood of others' messages leaves a person's first of the day its reserve") { scene in
            let budgets = DeliveryBudgets(perDay: 2, reserve: 1)
            let flooded = try await scene.add("+12025550142", .mobilePhone, to: person)
            for turn in ["one", "two"] {
                let text = try await scene.queued(flooded, of: person)
                try expect(try await scene.store.admit(text, within: budgets) == .admitted, turn)
            }
            let verdict = try await scene.store.admit(try await scene.queued(flooded, of: person), within: budgets)
            try expect(verdict == .refused(BudgetRefusal(.dayBudget)), "the flooded has had theirs: \(verdict)")
            let first = try await scene.queued("+12025550199", for: other)
            try expect(try await scene.store.admit(first, within: budgets) == .admitted, "another's first")
            let late = try await scene.queued("+12025550198", for: VaultScene.person(3))
            let spent = try await scene.store.admit(late, within: budgets)
            try expect(spent == .refused(BudgetRefusal(.dayBudget)), "the reserve has an end: \(spent)")
        },
        VaultRule("a dry run counts, tells and lets out; a range that is refused stays refused") { scene in
            let budgets = DeliveryBudgets(prefixes: [.init("+44", .refused)], perDay: 1, isDryRun: true)
            let phone = try await scene.add("+12025550142", .mobilePhone, to: person)
            let first = try await scene.queued(phone, of: person)
            try expect(try await scene.store.admit(first, within: budgets) == .admitted, "one")
            let over = try await scene.store.admit(try await scene.queued(phone, of: person), within: budgets)
            try expect(over == .overDryRun(BudgetRefusal(.dayBudget)), "over: \(over)")
            let abroad = try await scene.queued("+442079460001", for: other)
            let refused = try await scene.store.admit(abroad, within: budgets)
            try expect(refused == .refused(BudgetRefusal(.refusedPrefix, prefix: "+44")), "refused: \(refused)")
        },
        VaultRule("mail costs nothing, a decoy's message neither, and neither uses a budget up") { scene in
            let budgets = DeliveryBudgets(otherwise: .perDay(1), perDay: 1)
            let mail = try await scene.add("a@x.org", to: person)
            _ = try await scene.opened(mail, in: try await scene.signIn(.person(person)).session)
            let decoy = try await scene.reset(.decoy(VaultScene.person(8))).session
            _ = try await scene.opened(VaultScene.decoyMethod(), in: decoy)
            for message in try await scene.store.dueMessages(limit: 10) {
                try expect(try await scene.store.admit(message.id, within: budgets) == .admitted, "free of charge")
            }
            let text = try await scene.queued("+12025550142", for: other)
            try expect(try await scene.store.admit(text, within: budgets) == .admitted, "the one is still there")
        },
        VaultRule("what somebody must be told is counted and goes out, whoever has used the budget up") { scene in
            let budgets = DeliveryBudgets(perDay: 1)
            _ = try await scene.verified("+12025550142", .mobilePhone, of: person)
            let mail = try await scene.verified("a@x.org", of: person)
            try await scene.store.markComplete(person, policy: "everybody", by: VaultScene.actor)
            try await scene.finishAll()
            let text = try await scene.queued("+12025550199", for: other)
            try expect(try await scene.store.admit(text, within: budgets) == .admitted, "the budget")
            let isGone = try await scene.store.removeMethod(
                mail.id,
                of: person,
                notice: Notice(.methodRemoved, method: .email),
                by: VaultScene.actor
            )
            try expect(isGone, "removed")
            let notices = try await scene.store.dueMessages(limit: 10).filter { $0.message.code == nil }
            try expect(notices.contains { $0.message.channel == .text }, "a notice by text")
            for notice in notices {
                try expect(try await scene.store.admit(notice.id, within: budgets) == .admitted, "it goes out")
            }
        },
        VaultRule("a destination and a person have budgets of a day, too") { scene in
            var limits = Limits()
            limits.messagesPerDestinationAndDay = 3
            limits.messagesPerPersonAndDay = 4
            var scene = scene
            scene.limits = limits
            let first = try await scene.add("a@x.org", to: person)
            let second = try await scene.add("b@x.org", to: person)
            for _ in 0..<3 {
                _ = try await scene.opened(first, in: try await scene.signIn(.person(person)).session)
                scene.clock.advance(by: 2 * 3600)
            }
            let wait = try await scene.open(first, in: try await scene.signIn(.person(person)).session)
            try expect(wait == .limited(retryAfter: 86400 - 3 * 7200), "the address has had its day's: \(wait)")
            _ = try await scene.opened(second, in: try await scene.signIn(.person(person)).session)
            let own = try await scene.open(second, in: try await scene.signIn(.person(person)).session)
            try expect(own == .limited(retryAfter: 86400 - 3 * 7200), "and the person: \(own)")
        },
    ]
}

extension VaultScene {
    /// Queues a text to a number that a person is registering.
    fileprivate func queued(_ number: String, for person: EntryID) async throws -> Int64 {
        try await queued(add(number, .mobilePhone, to: person), of: person)
    }

    /// A newer text takes the place of one to the same number that has not gone out.
    fileprivate func queued(_ method: RegisteredMethod, of person: EntryID) async throws -> Int64 {
        let before = try await ids()
        _ = try await opened(method, in: try await signIn(.person(person)).session)
        clock.advance(by: limits.pauseBetweenMessages)
        return try unwrap(try await ids().first { !before.contains($0) }, "a message is queued")
    }

    private func ids() async throws -> [Int64] { try await store.dueMessages(limit: 100).map(\.id) }

    fileprivate func finishAll() async throws {
        for id in try await ids() { try await store.finish(id, delivered: true, reason: nil) }
    }
}
