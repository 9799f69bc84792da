import Audit
import DaemonRuntime
import Foundation
import Identity
import LatchkeyTesting
import Mirror
import SelfService
import Synchronizer
import Testing
import Vault

/// A mirror and a vault on disk, with one clock.
private struct Retained {
    static let purgeAfter: TimeInterval = 30 * 86400

    let folder: URL
    let clock: ManualClock
    let mirror: MirrorDatabase
    let vault: VaultDatabase
    let scene: VaultScene

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "retention-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        clock = ManualClock()
        mirror = try MirrorDatabase(
            path: folder.appending(path: "mirror.sqlite").path(),
            clock: clock,
            limits: .unlimited
        )
        vault = try VaultDatabase(
            path: folder.appending(path: "vault.sqlite").path(),
            key: VaultKey(secret: Data(repeating: 7, count: 32).base64EncodedString().utf8),
            clock: clock
        )
        scene = VaultScene(store: vault, clock: clock)
    }

    func close() throws {
        try vault.close()
        try FileManager.default.removeItem(at: folder)
    }

    func retention(vault: (any RegistrationStore & RetentionStore)? = nil) -> Retention {
        Retention(mirror: mirror, vault: vault ?? self.vault, clock: clock, purgeAfter: Self.purgeAfter)
    }

    /// So many people in the mirror, each registered.
    func fill(_ count: Int) async throws {
        try await mirror.beginRefresh(identity: "feed", resumed: [])
        try await mirror.stage(.upserts((1...count).map { .user(EntryMaker.person($0)) }))
        _ = try await mirror.commitRefresh([.users: .presentPhase, .roles: .presentPhase])
        for number in 1...count { _ = try await scene.add("a@x.org", to: EntryMaker.id(number)) }
    }

    /// The directory says so; the hooks are lost, as in a crash.
    func remove(_ numbers: ClosedRange<Int>) async throws {
        _ = try await mirror.apply([.removed(.users, numbers.map { EntryMaker.id($0) })])
    }

    func bringBack(_ number: Int) async throws {
        _ = try await mirror.apply([.upserts([.user(EntryMaker.person(number))])])
    }

    func isRegistered(_ number: Int) async throws -> Bool {
        try await !vault.registration(of: EntryMaker.id(number)).methods.isEmpty
    }

    func isKnown(_ number: Int) async throws -> Bool { try await mirror.user(id: EntryMaker.id(number)) != nil }
}

@Suite("Deleted people")
struct RetentionTests {
    private func retained(_ people: Int, _ body: (Retained) async throws -> Void) async throws {
        let retained = try Retained()
        try await retained.fill(people)
        try await body(retained)
        try retained.close()
    }

    @Test("are disabled at once, and purged in vault and mirror when their time is over")
    func purged() async throws {
        try await retained(3) { (all) async throws in
            try await all.remove(1...1)
            var purged = try await all.retention().sweep()
            #expect(purged == (0, 0))
            #expect(try await all.vault.disabledPeople(limit: 10, after: nil) == [EntryMaker.id(1)])
            all.clock.advance(by: Retained.purgeAfter - 1)
            purged = try await all.retention().sweep()
            #expect(purged == (0, 0))
            #expect(try await all.isRegistered(1))
            all.clock.advance(by: 1)
            purged = try await all.retention().sweep()
            #expect(purged == (1, 1))
            #expect(try await !all.isRegistered(1))
            #expect(try await !all.isKnown(1))
            #expect(try await all.isRegistered(2))
            #expect(try await all.scene.actions(about: EntryMaker.id(1)).last == .registrationPurged)
            purged = try await all.retention().sweep()
            #expect(purged == (0, 0))
        }
    }

    @Test("who are back in time keep everything, also when no hook told of it")
    func revived() async throws {
        try await retained(2) { (all) async throws in
            try await all.remove(1...1)
            try await all.retention().sweep()
            all.clock.advance(by: Retained.purgeAfter - 1)
            try await all.bringBack(1)
            all.clock.advance(by: 2)
            let purged = try await all.retention().sweep()
            #expect(purged == (0, 0))
            #expect(try await all.isRegistered(1))
            #expect(try await all.vault.disabledPeople(limit: 10, after: nil) == [])
            #expect(try await all.scene.actions(about: EntryMaker.id(1)).last == .registrationRevived)
        }
    }

    @Test("in hundreds go in one sweep, and those who were never registered with them")
    func many() async throws {
        try await retained(20) { (all) async throws in
            _ = try await all.mirror.apply([.upserts((21...350).map { .user(EntryMaker.person($0)) })])
            try await all.remove(11...350)
            try await all.retention().sweep()
            all.clock.advance(by: Retained.purgeAfter)
            let purged = try await all.retention().sweep()
            #expect(purged == (10, 340))
            #expect(try await all.mirror.counts().users == 10)
        }
    }

    @Test("go from the vault first: a sweep that fails between the two is done by the next")
    func crashBetween() async throws {
        try await retained(2) { (all) async throws in
            try await all.remove(1...1)
            try await all.retention().sweep()
            all.clock.advance(by: Retained.purgeAfter)
            try await all.mirror.beginRefresh(identity: "feed", resumed: [.users, .roles])
            await #expect(throws: (any Error).self) { try await all.retention().sweep() }
            #expect(try await !all.isRegistered(1))
            #expect(try await all.isKnown(1))
            await all.mirror.abandonRefresh()
            let purged = try await all.retention().sweep()
            #expect(purged == (0, 1))
        }
    }

    @Test("stay in both while the vault cannot be written")
    func vaultFails() async throws {
        try await retained(2) { (all) async throws in
            try await all.remove(1...1)
            all.clock.advance(by: Retained.purgeAfter)
            try all.vault.close()
            await #expect(throws: (any Error).self) { try await all.retention().sweep() }
            #expect(try await all.isKnown(1))
        }
    }

    @Test("whom no hook disabled have their time from the first sweep on")
    func lostHook() async throws {
        try await retained(1) { (all) async throws in
            try await all.remove(1...1)
            all.clock.advance(by: Retained.purgeAfter)
            let first = try await all.retention().sweep()
            #expect(first == (0, 1))
            all.clock.advance(by: Retained.purgeAfter)
            let second = try await all.retention().sweep()
            #expect(second == (1, 0))
        }
    }
}
