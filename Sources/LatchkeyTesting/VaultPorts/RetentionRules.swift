package import Audit
import Foundation
package import Identity
import SelfService

extension VaultRule {
    private static let month: TimeInterval = 30 * 86400

    static let retention: [VaultRule] = [
        VaultRule("whose entry is back has the registration as it was, and may be disabled again") { scene in
            let person = VaultScene.person(1)
            let method = try await scene.verified("a@x.org", of: person)
            try await scene.store.disable([person])
            try expect(try await scene.store.disabledPeople(limit: 10, after: nil) == [person], "it is disabled")
            try await scene.store.revive([person, VaultScene.person(2)])
            try await scene.store.revive([person])
            try expect(try await scene.store.disabledPeople(limit: 10, after: nil) == [], "it is not any more")
            try expect(try await scene.store.registration(of: person).methods == [method], "the method is there")
            try await scene.store.disable([person])
            try expect(
                try await scene.actions(about: person).filter { $0.rawValue.hasPrefix("registration.") }
                    == [.registrationDisabled, .registrationRevived, .registrationDisabled],
                "each is recorded, once"
            )
        },
        VaultRule("a registration that was disabled long enough ago is purged with all that belongs to it") { scene in
            let (gone, other) = (VaultScene.person(1), VaultScene.person(2))
            let method = try await scene.verified("a@x.org", of: gone)
            let kept = try await scene.verified("b@x.org", of: other)
            try await scene.store.markComplete(gone, policy: "staff", by: VaultScene.actor)
            let session = try await scene.proven(gone, method)
            let intent = try unwrap(try await scene.begin(of: gone, in: session.session), "a write begins")
            try await scene.finish(intent, .applied)
            try await scene.store.disable([gone])
            let time = scene.clock.now
            try expect(
                try await scene.store.purge(disabledBefore: time.addingTimeInterval(-1), limit: 10) == 0,
                "not before its time"
            )
            scene.clock.advance(by: month)
            try expect(try await scene.store.purge(disabledBefore: time, limit: 10) == 1, "then it goes")
            try expect(
                try await scene.store.registration(of: gone) == StoredRegistration(person: gone),
                "nothing is left of it"
            )
            try expect(
                try await scene.store.dueMessages(limit: 100).allSatisfy { $0.message.to != method.value },
                "no message either"
            )
            try expect(try await scene.store.registration(of: other).methods == [kept], "nobody else is touched")
            try expect(try await scene.store.purge(disabledBefore: time, limit: 10) == 0, "once")
            try expect(try await scene.actions(about: gone).last == .registrationPurged, "it is recorded")
        },
        VaultRule("who was revived is not purged, and the time begins again with the next deletion") { scene in
            let person = VaultScene.person(1)
            let method = try await scene.verified("a@x.org", of: person)
            try await scene.store.disable([person])
            let first = scene.clock.now
            try await scene.store.revive([person])
            try expect(try await scene.store.purge(disabledBefore: .distantFuture, limit: 10) == 0, "nobody waits")
            scene.clock.advance(by: month)
            try await scene.store.disable([person])
            try expect(try await scene.store.purge(disabledBefore: first, limit: 10) == 0, "its time has begun anew")
            try expect(try await scene.store.registration(of: person).methods == [method], "the method is there")
        },
        VaultRule("disabling again does not begin the time again") { scene in
            let person = VaultScene.person(1)
            _ = try await scene.verified("a@x.org", of: person)
            try await scene.store.disable([person])
            let time = scene.clock.now
            scene.clock.advance(by: month)
            try await scene.store.disable([person])
            try expect(try await scene.store.purge(disabledBefore: time, limit: 10) == 1, "it goes")
        },
        VaultRule("a purge takes so many at once, and waits for a write that has no outcome") { scene in
            let people = (1...5).map { VaultScene.person($0) }
            for person in people { _ = try await scene.add("a@x.org", to: person) }
            let intent = try unwrap(try await scene.begin(.unlock, of: people[4], in: nil), "an unlock begins")
            try await scene.store.disable(people)
            let pages = try await scene.store.disabledPeople(limit: 3, after: nil)
            let rest = try await scene.store.disabledPeople(limit: 3, after: pages.last)
            try expect(pages + rest == people, "all of them, in pages")
            var counts: [Int] = []
            for _ in 0..<3 { counts.append(try await scene.store.purge(disabledBefore: scene.clock.now, limit: 2)) }
            try expect(counts == [2, 2, 0], "two at a time, and not the fifth")
            try await scene.finish(intent, .applied)
            try expect(try await scene.store.purge(disabledBefore: scene.clock.now, limit: 2) == 1, "then it as well")
        },
    ]
}

extension VaultScene {
    /// What was recorded about somebody, in order.
    package func actions(about person: EntryID) async throws -> [AuditAction] {
        try await store.auditRecords(after: 0, limit: 1000).map(\.event).filter { $0.subject == person }.map(\.action)
    }
}
