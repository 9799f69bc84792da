import Audit
import Foundation
import GRDB
import Identity
import LatchkeyTesting
import SelfService
import Synchronization
import Testing

@testable import Vault

/// What a process leaves that is killed between any two statements: the files as they are at that moment, copied on the
/// thread that writes them.
@Suite("Killed in the middle")
struct KilledTests {
    private let place: TemporaryPlace
    private let clock = ManualClock()
    private let people = (1...12).map { VaultScene.person(UInt8($0)) }

    init() throws { place = try TemporaryPlace() }

    /// Copies the state folder again and again.
    private final class Corpses: Sendable {
        private let folders = Mutex<[TemporaryPlace]>([])
        let source: String

        init(of source: String) { self.source = source }

        var all: [TemporaryPlace] { folders.withLock { $0 } }

        func take() {
            guard let copy = try? TemporaryPlace() else { return }
            let names = (try? FileManager.default.contentsOfDirectory(atPath: source)) ?? []
            for name in names where !name.hasSuffix("-shm") {
                try? FileManager.default.copyItem(atPath: source + "/" + name, toPath: copy.directory + "/" + name)
            }
            folders.withLock { $0.append(copy) }
        }
    }

    private func vault(_ place: TemporaryPlace, _ keys: UInt8...) throws -> VaultDatabase {
        try VaultDatabase(path: place.vault, keys: keys.map(VaultKey.test), clock: clock)
    }

    private func filled() async throws -> (VaultDatabase, IssuedSession, Challenge) {
        let vault = try vault(place, 1)
        let scene = VaultScene(store: vault, clock: clock)
        for (number, person) in people.enumerated() { _ = try await scene.verified("m\(number)@x.org", of: person) }
        let methods = try await vault.registration(of: people[0]).methods
        let reset = try await scene.reset(.person(people[0]))
        let challenge = try await scene.opened(methods[0], in: reset.session)
        #expect(try await scene.answer(VaultScene.wrongCode, challenge, in: reset.session) == .wrong)
        return (vault, reset, challenge)
    }

    private func trace(_ vault: VaultDatabase, _ corpses: Corpses) async throws {
        try await vault.queue.writeWithoutTransaction { db in
            db.trace { event in
                if case .statement = event { corpses.take() }
            }
        }
    }

    /// Everything that was acknowledged is there, whatever moment it was.
    private func check(_ vault: VaultDatabase, _ moment: String) async throws {
        for (number, person) in people.enumerated() {
            let values = try await vault.registration(of: person).methods.map(\.value)
            #expect(values == ["m\(number)@x.org"], "\(moment)")
        }
        #expect(try await vault.verifyAudit().isIntact, "\(moment)")
    }

    @Test("a rotation loses nothing, is under way or not, and comes to its end at the next start")
    func rotation() async throws {
        let (vault, reset, challenge) = try await filled()
        let corpses = Corpses(of: place.directory)
        try await trace(vault, corpses)
        _ = try await vault.rotateKeys(by: .daemon)
        _ = try await vault.finishRotation()
        #expect(corpses.all.count > 100, "\(corpses.all.count) moments")
        var (before, during, after) = (0, 0, 0)
        let first = try await vault.keyStatus().writingKey
        for (number, corpse) in corpses.all.enumerated() {
            let survivor = try self.vault(corpse, 1)
            let status = try await survivor.keyStatus()
            if status.writingKey != first { before += 1 } else if status.isComplete { after += 1 } else { during += 1 }
            let scene = VaultScene(store: survivor, clock: clock)
            #expect(try await scene.answer(VaultScene.code, challenge, in: reset.session).isPassed, "\(number)")
            if status.isComplete { #expect(try await survivor.rotateKeys(by: .daemon) == true) }
            #expect(try await survivor.finishRotation() == 0)
            #expect(try await survivor.keyStatus().isComplete)
            try await check(survivor, "moment \(number)")
        }
        #expect(before > 0 && during > 0 && after > 0, "\(before) \(during) \(after)")
    }

    @Test("a change of the configured key leaves a vault that the former or the new key opens")
    func configuredKey() async throws {
        try await filled().0.close()
        let corpses = Corpses(of: place.directory)
        let source = SecretsSource(keys: [try .test(2), try .test(1)], path: place.vault)
        let queue = try VaultFile(path: place.vault).open().queue
        try await queue.writeWithoutTransaction { db in
            db.trace { event in
                if case .statement = event { corpses.take() }
            }
        }
        let now = Milliseconds(clock.now)
        _ = try await queue.write { db in try VaultOpening(source: source, db: db, now: now).run().1 }
        corpses.take()
        var kept: Set<UInt8> = []
        for (number, corpse) in corpses.all.enumerated() {
            let former = try? vault(corpse, 1)
            kept.insert(former == nil ? 2 : 1)
            let survivor = try former ?? vault(corpse, 2)
            try await check(survivor, "moment \(number)")
        }
        #expect(kept == [1, 2] && corpses.all.count > 50)
    }

    @Test("an erasure is done or not, and what a restore may not revive is known in either case")
    func erasure() async throws {
        let (vault, _, _) = try await filled()
        let backup = try TemporaryPlace()
        clock.advance(by: 60)
        let file = try await vault.backUp(to: backup.directory, by: .daemon).path
        let corpses = Corpses(of: place.directory)
        try await trace(vault, corpses)
        _ = try await vault.erase(people[11], reason: "asked", by: .daemon)
        corpses.take()
        var outcomes: Set<Bool> = []
        for corpse in corpses.all {
            let survivor = try self.vault(corpse, 1)
            let isErased = try await survivor.registration(of: people[11]).methods.isEmpty
            let named = try await survivor.auditRecords(after: 0, limit: 1000).contains {
                $0.event.subject == people[11]
            }
            #expect(named != isErased)
            outcomes.insert(isErased)
            try survivor.close()
            _ = try VaultRestore(file: file, vault: corpse.vault, keys: [.test(1)], clock: clock).run()
            let restored = try self.vault(corpse, 1)
            #expect(try await restored.registration(of: people[11]).methods.isEmpty == isErased)
        }
        #expect(outcomes == [true, false])
    }

    @Test("a restore leaves the old vault or the new one, and can be run again")
    func restore() async throws {
        let (vault, reset, _) = try await filled()
        let backup = try TemporaryPlace()
        clock.advance(by: 60)
        let file = try await vault.backUp(to: backup.directory, by: .daemon).path
        let scene = VaultScene(store: vault, clock: clock)
        let late = try await scene.verified("late@x.org", of: VaultScene.person(99))
        try vault.close()
        let corpses = Corpses(of: place.directory)
        var restore = VaultRestore(file: file, vault: place.vault, keys: [try .test(1)], clock: clock)
        restore.willStep = { _ in corpses.take() }
        restore.tracing = { corpses.take() }
        _ = try restore.run()
        corpses.take()
        #expect(corpses.all.count > 50, "\(corpses.all.count)")
        var outcomes: Set<Bool> = []
        for (number, corpse) in corpses.all.enumerated() {
            let survivor = try self.vault(corpse, 1)
            try await check(survivor, "moment \(number)")
            let isOld = try await survivor.registration(of: VaultScene.person(99)).methods.map(\.id) == [late.id]
            let session = try await survivor.session(token: reset.token, frontend: VaultScene.frontend)
            outcomes.insert(isOld)
            if !isOld { #expect(session == nil) }
            try survivor.close()
            _ = try VaultRestore(file: file, vault: corpse.vault, keys: [.test(1)], clock: clock).run()
            let again = try self.vault(corpse, 1)
            try await check(again, "moment \(number), again")
            #expect(try await again.registration(of: VaultScene.person(99)).methods.isEmpty)
            let names = try FileManager.default.contentsOfDirectory(atPath: corpse.directory)
            #expect(!names.contains { $0.contains(".restoring") }, "\(names)")
        }
        #expect(outcomes == [true, false])
    }

    @Test("a backup leaves its whole file or none, and nothing aside after the next one")
    func backup() async throws {
        let (vault, _, _) = try await filled()
        let folder = try TemporaryPlace()
        let prefix = ".vault-\(Hexadecimal.text(Array(try await vault.decide { $0.secrets.database })).prefix(8))-"
        for suffix in [".partial", ".partial-journal"] {
            try Data("half".utf8).write(to: URL(fileURLWithPath: "\(folder.directory)/\(prefix)dead\(suffix)"))
        }
        try Data("theirs".utf8).write(to: URL(fileURLWithPath: "\(folder.directory)/.vault-other-1.partial"))
        let file = try await vault.backUp(to: folder.directory, by: .daemon).path
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.directory).sorted()
        #expect(names == [".vault-other-1.partial", (file as NSString).lastPathComponent])
    }
}
