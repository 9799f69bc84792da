import Audit
import Foundation
import Identity
import SelfService

extension VaultRule {
    private static let person = VaultScene.person(1)

    static let messages: [VaultRule] = [
        VaultRule("a message is queued with its challenge and waits until that ends") { scene in
            let method = try await scene.add("a@x.org", to: person)
            let session = try await scene.signIn(.person(person)).session
            try expect(try await scene.store.nextDueTime() == nil, "nothing is due before")
            let challenge = try await scene.opened(method, in: session)
            let due = try await scene.store.dueMessages(limit: 10)
            try expect(due.count == 1 && due.first?.deadline == challenge.expiresAt, "one, until the challenge ends")
            let message = try unwrap(due.first?.message, "it is there")
            try expect(message.to == "a@x.org" && message.code == VaultScene.code, "as it was written")
            try expect(!message.isDecoy && due.first?.attempts == 0, "real and new")
            try expect(try await scene.store.nextDueTime() == scene.clock.now, "due at once")
        },
        VaultRule("a decoy's message is queued and marked, whatever the draft says") { scene in
            let session = try await scene.reset(.decoy(VaultScene.person(8))).session
            _ = try await scene.opened(VaultScene.decoyMethod(), in: session)
            let due = try await scene.store.dueMessages(limit: 10)
            try expect(due.map(\.message.isDecoy) == [true], "marked")
        },
        VaultRule("a finished message is gone and audited, a postponed one comes back with its attempts") { scene in
            let method = try await scene.add("a@x.org", to: person)
            let session = try await scene.signIn(.person(person)).session
            _ = try await scene.opened(method, in: session)
            let id = try unwrap(try await scene.store.dueMessages(limit: 10).first?.id, "it is due")
            let later = scene.clock.now.addingTimeInterval(30)
            try await scene.store.postpone(id, until: later)
            try expect(try await scene.store.dueMessages(limit: 10).isEmpty, "not yet")
            try expect(try await scene.store.nextDueTime() == later, "in half a minute")
            scene.clock.advance(by: 30)
            try expect(try await scene.store.dueMessages(limit: 10).first?.attempts == 1, "one attempt")
            try await scene.store.finish(id, delivered: false, reason: "refused")
            try await scene.store.finish(id, delivered: true, reason: nil)
            try expect(try await scene.store.nextDueTime() == nil, "gone")
            let events = try await scene.store.auditRecords(after: 0, limit: 100).map(\.event)
            let dropped = events.filter { $0.action == .messageDropped || $0.action == .messageDelivered }
            try expect(dropped.map(\.action) == [.messageDropped], "one record")
            try expect(dropped.first?.details["reason"] == "refused" && dropped.first?.subject == person, "with why")
        },
        VaultRule("messages come oldest first, not more than asked for") { scene in
            let session = try await scene.signIn(.person(person)).session
            for number in 0..<5 {
                _ = try await scene.opened(try await scene.add("m\(number)@x.org", to: person), in: session)
                scene.clock.advance(by: 1)
            }
            let due = try await scene.store.dueMessages(limit: 3).map(\.message.to)
            try expect(due == ["m0@x.org", "m1@x.org", "m2@x.org"], "the first three: \(due)")
        },
    ]
}
