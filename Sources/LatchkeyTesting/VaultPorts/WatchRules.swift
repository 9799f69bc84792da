import Audit
import Foundation
import Identity
import SelfService

extension VaultRule {
    private static let person = VaultScene.person(1)
    private static let after = AccountMarker(passwordChangedAt: "20260301000000Z", version: "2")

    static let watches: [VaultRule] = [
        VaultRule(
            "a written password is looked at again after a minute, after ten more and after an hour, then no more"
        ) {
            scene in
            try await scene.written(after)
            for wait in WriteWatch.intervals {
                try expect(try await scene.store.dueWatches(limit: 10).isEmpty, "not yet")
                scene.clock.advance(by: wait)
                let watch = try unwrap(try await scene.store.dueWatches(limit: 10).first, "after \(wait) s")
                try expect(watch.before == VaultScene.marker && watch.after == after, "as written: \(watch)")
                try await scene.store.settle(watch, .stands)
            }
            scene.clock.advance(by: 86400)
            try expect(try await scene.store.dueWatches(limit: 10).isEmpty, "it stands")
            try expect(try await scene.reversions().isEmpty, "and nobody is told anything")
        },
        VaultRule("a write that is undone is told once, to the audit and to the person") { scene in
            try await scene.written(after)
            scene.clock.advance(by: 60)
            let watch = try unwrap(try await scene.store.dueWatches(limit: 10).first, "it is due")
            try await scene.store.settle(watch, .reverted)
            try await scene.store.settle(watch, .reverted)
            try expect(try await scene.reversions().count == 1, "one record")
            let told = try await scene.store.dueMessages(limit: 100).filter {
                $0.message.content?.topic == .passwordReverted
            }
            try expect(told.count == 1, "one message: \(told.count)")
            scene.clock.advance(by: 86400)
            try expect(try await scene.store.dueWatches(limit: 10).isEmpty, "nothing is left to look at")
        },
        VaultRule("of two writes the newer one is looked at, and none that nobody could judge") { scene in
            try await scene.written(after)
            let newer = AccountMarker(passwordChangedAt: "20260302000000Z", version: "3")
            try await scene.written(newer)
            scene.clock.advance(by: 3600)
            try expect(try await scene.store.dueWatches(limit: 10).map(\.after) == [newer], "the newer one")
            try await scene.written(nil, of: VaultScene.person(2))
            try await scene.written(VaultScene.marker, of: VaultScene.person(3))
            scene.clock.advance(by: 3600)
            try expect(try await scene.store.dueWatches(limit: 10).count == 1, "no date, nothing to see")
        },
    ]
}

extension VaultScene {
    /// An administrator's write of a password that was applied.
    fileprivate func written(_ after: AccountMarker?, of person: EntryID = Self.person(1)) async throws {
        if try await store.registration(of: person).methods.isEmpty { _ = try await verified("a@x.org", of: person) }
        let intent = try unwrap(try await begin(of: person, in: nil), "the write begins")
        var outcome = WriteOutcome(.applied, unlocked: true, server: "ldap://127.0.0.1")
        outcome.after = after
        try await store.finishWrite(intent, outcome: outcome, by: Self.actor)
    }

    fileprivate func reversions() async throws -> [AuditRecord] {
        try await store.auditRecords(after: 0, limit: 1000).filter { $0.event.action == .passwordReverted }
    }
}
