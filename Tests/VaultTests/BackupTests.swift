import Audit
import Foundation
import GRDB
import Identity
import LatchkeyTesting
import SelfService
import Testing

@testable import Vault

@Suite("Backup and restore")
struct BackupTests {
    private let place: TemporaryPlace
    private let folder: TemporaryPlace
    private let clock = ManualClock()
    private let alice = VaultScene.person(1)
    private let bob = VaultScene.person(2)

    init() throws {
        place = try TemporaryPlace()
        folder = try TemporaryPlace()
    }

    private func vault(_ keys: UInt8...) throws -> VaultDatabase {
        try VaultDatabase(path: place.vault, keys: (keys.isEmpty ? [1] : keys).map(VaultKey.test), clock: clock)
    }

    private func scene(_ vault: VaultDatabase) -> VaultScene { VaultScene(store: vault, clock: clock) }

    private func backUp(_ vault: VaultDatabase) async throws -> String {
        clock.advance(by: 1)
        return try await vault.backUp(to: folder.directory, by: .daemon).path
    }

    private func restore(_ file: String, keys: UInt8...) throws -> RestoreReport {
        let keys = try (keys.isEmpty ? [1] : keys).map(VaultKey.test)
        return try VaultRestore(file: file, vault: place.vault, keys: keys, clock: clock).run()
    }

    private func values(_ vault: VaultDatabase, _ person: EntryID) async throws -> [String] {
        try await vault.registration(of: person).methods.map(\.value)
    }

    @Test("a backup of a running vault is private, whole, told and restorable where there is no vault")
    func roundTrip() async throws {
        let vault = try vault()
        _ = try await scene(vault).verified("alice@x.org", of: alice)
        _ = try await scene(vault).signIn(.person(alice))
        let report = try await vault.backUp(to: folder.directory, by: .administrator(uid: 7))
        #expect(report.people == 1 && report.methods == 1 && report.auditSequence > 0)
        #expect(try report.key == VaultKey.test(1).id)
        let mode = try FileManager.default.attributesOfItem(atPath: report.path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.directory).count == 1, "one file")
        #expect(try await vault.auditRecords(after: 0, limit: 100).last?.event.action == .vaultBackedUp)
        try vault.close()
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: place.vault + suffix) }
        let restored = try restore(report.path)
        #expect(restored.people == 1 && restored.aside == nil && restored.problem == nil)
        let again = try self.vault()
        #expect(again.notices.isEmpty)
        #expect(try await values(again, alice) == ["alice@x.org"])
        #expect(try await again.verifyAudit().isIntact)
        #expect(try await again.auditRecords(after: 0, limit: 100).last?.event.action == .vaultRestored)
        #expect(try place.mode() == 0o600)
    }

    @Test("a restore revives no session, no code, no removed method and no erased person, and keeps what was counted")
    func revivesNothing() async throws {
        let vault = try vault()
        let scene = scene(vault)
        let mail = try await scene.verified("alice@x.org", of: alice)
        let phone = try await scene.verified("+12025550142", .mobilePhone, of: alice)
        _ = try await scene.verified("bob@x.org", of: bob)
        let reset = try await scene.reset(.person(alice))
        let challenge = try await scene.opened(mail, in: reset.session)
        let file = try await backUp(vault)
        // What happens after it.
        for _ in 0..<4 { _ = try await scene.answer(VaultScene.wrongCode, challenge, in: reset.session) }
        #expect(try await vault.removeMethod(phone.id, of: alice, notice: nil, by: VaultScene.actor))
        #expect(try await vault.erase(bob, reason: "asked for it", by: .daemon) != nil)
        try await vault.disable([alice])
        let count = try await vault.verifyAudit().count
        try vault.close()
        let report = try restore(file)
        #expect(report.revokedAgain == 1 && report.erasedAgain == 1 && report.keepsAudit, "\(report)")
        let after = try self.vault()
        #expect(try await values(after, alice) == ["alice@x.org"])
        #expect(try await values(after, bob).isEmpty)
        #expect(try await after.disabledPeople(limit: 10, after: nil) == [alice], "what was frozen stays so")
        #expect(try await after.session(token: reset.token, frontend: VaultScene.frontend) == nil)
        #expect(try await after.dueMessages(limit: 10).isEmpty)
        let next = try await self.scene(after).reset(.person(alice))
        let fresh = try await self.scene(after).opened(mail, in: next.session)
        #expect(try await self.scene(after).answer(VaultScene.wrongCode, fresh, in: next.session) == .wrong)
        let last = try await self.scene(after).answer(VaultScene.code, fresh, in: next.session)
        guard case .limited = last else {
            Issue.record("wrong answers from before the restore are forgotten: \(last)")
            return
        }
        let audit = try await after.verifyAudit()
        #expect(audit.isIntact && audit.count > count, "the audit goes on")
        let records = try await after.auditRecords(after: 0, limit: 1000)
        #expect(!records.contains { $0.event.subject == bob })
    }

    @Test("who is lost with the whole vault is erased all the same: the journal beside it is replayed")
    func journal() async throws {
        let vault = try vault()
        _ = try await scene(vault).verified("alice@x.org", of: alice)
        let phone = try await scene(vault).verified("+12025550142", .mobilePhone, of: alice)
        _ = try await scene(vault).verified("bob@x.org", of: bob)
        let file = try await backUp(vault)
        _ = try await vault.erase(bob, reason: "asked for it", by: .daemon)
        _ = try await vault.removeMethod(phone.id, of: alice, notice: nil, by: VaultScene.actor)
        try vault.close()
        let journal = try String(contentsOfFile: place.directory + "/" + ErasureFile.name, encoding: .utf8)
        #expect(!journal.contains(bob.description) && !journal.contains(Hexadecimal.text(bob.bytes)))
        try Data("garbage".utf8).write(to: URL(fileURLWithPath: place.vault))
        let report = try restore(file)
        #expect(report.problem?.contains("damaged") == true && report.erasedAgain == 1 && report.revokedAgain == 1)
        let after = try self.vault()
        #expect(try await values(after, alice) == ["alice@x.org"])
        #expect(try await values(after, bob).isEmpty)
        let kept = try #require(report.aside)
        #expect(try Data(contentsOf: URL(fileURLWithPath: kept)) == Data("garbage".utf8))
    }

    @Test("an old file that was put back by hand has its erased people erased once more, and that is told")
    func byHand() async throws {
        let vault = try vault()
        _ = try await scene(vault).verified("bob@x.org", of: bob)
        try vault.close()
        let old = try Data(contentsOf: URL(fileURLWithPath: place.vault))
        let again = try self.vault()
        _ = try await again.erase(bob, reason: "asked for it", by: .daemon)
        try again.close()
        try old.write(to: URL(fileURLWithPath: place.vault))
        let back = try self.vault()
        #expect(back.notices.contains { $0.contains("1 erased people") })
        #expect(try await values(back, bob).isEmpty)
    }

    @Test("a person who registers again after an erasure is not erased by a restore of a later backup")
    func registeredAgain() async throws {
        let vault = try vault()
        _ = try await scene(vault).verified("old@x.org", of: bob)
        _ = try await vault.erase(bob, reason: "asked for it", by: .daemon)
        clock.advance(by: 60)
        _ = try await scene(vault).verified("new@x.org", of: bob)
        let file = try await backUp(vault)
        try vault.close()
        #expect(try restore(file).erasedAgain == 0)
        #expect(try await values(self.vault(), bob) == ["new@x.org"])
    }

    @Test("a backup from before a rotation opens with its own key in the list, and follows to the new keys")
    func olderKey() async throws {
        let vault = try vault(1)
        _ = try await scene(vault).verified("alice@x.org", of: alice)
        let method = try await scene(vault).verified("+12025550142", .mobilePhone, of: alice)
        let file = try await backUp(vault)
        try vault.close()
        let rotated = try self.vault(2, 1)
        _ = try await rotated.finishRotation()
        _ = try await rotated.changeMethod(
            method.id,
            of: alice,
            label: "mine since",
            isDefault: nil,
            by: VaultScene.actor
        )
        try rotated.close()
        let error = #expect(throws: VaultError.self) { try restore(file, keys: 2) }
        let id = try VaultKey.test(1).id
        #expect(error?.code == .wrongKey && error?.detail.contains(id) == true)
        #expect(try restore(file, keys: 2, 1).keepsAudit)
        let after = try self.vault(2)
        let methods = try await after.registration(of: alice).methods
        #expect(methods.map(\.value) == ["alice@x.org", "+12025550142"] && methods[1].label == "mine since")
        _ = try await after.finishRotation()
        #expect(try await after.keyStatus().isComplete)
        #expect(try await after.verifyAudit().isIntact)
    }

    @Test(
        "a backup that somebody changed is refused, and changes nothing",
        arguments: [
            "DELETE FROM erasure", "DELETE FROM method", "UPDATE backup SET mac = zeroblob(32)", "DELETE FROM backup",
            "UPDATE registration SET disabled_at = 5", "UPDATE backup SET manifest = replace(manifest, '1', '2')",
            "DROP TABLE backup", "PRAGMA application_id = 7",
            "INSERT INTO counted (what, key, time) VALUES ('x', x'00', 1)",
        ]
    )
    func changed(sql: String) async throws {
        let vault = try vault()
        let method = try await scene(vault).verified("alice@x.org", of: alice)
        _ = try await scene(vault).add("gone@x.org", to: alice)
        _ = try await vault.removeMethod(
            try #require(try await vault.registration(of: alice).methods.last?.id),
            of: alice,
            notice: nil,
            by: VaultScene.actor
        )
        let file = try await backUp(vault)
        let other = try DatabaseQueue(path: file)
        try await other.write { try $0.execute(sql: sql) }
        try other.close()
        try vault.close()
        let error = #expect(throws: VaultError.self) { try restore(file) }
        #expect(error?.code == .notABackup, "\(String(describing: error))")
        #expect(try await self.vault().registration(of: alice).methods.map(\.id) == [method.id])
        let names = try FileManager.default.contentsOfDirectory(atPath: place.directory)
        #expect(!names.contains { $0.contains("restor") }, "nothing is left: \(names)")
    }

    @Test("another vault's backup, a cut one, a text and nothing at all are refused")
    func notOurs() async throws {
        let vault = try vault()
        _ = try await scene(vault).verified("alice@x.org", of: alice)
        let file = try await backUp(vault)
        try vault.close()
        let whole = try Data(contentsOf: URL(fileURLWithPath: file))
        for bytes in [whole.prefix(whole.count / 2), Data("a text".utf8), Data()] {
            try bytes.write(to: URL(fileURLWithPath: folder.directory + "/other"))
            #expect(throws: VaultError.self) { try restore(folder.directory + "/other") }
        }
        #expect(throws: VaultError.self) { try restore(folder.directory + "/none") }
        let elsewhere = try TemporaryPlace()
        let stranger = try VaultDatabase(path: elsewhere.vault, key: .test(1), clock: clock)
        let strange = try await stranger.backUp(to: elsewhere.directory, by: .daemon).path
        let error = #expect(throws: VaultError.self) { try restore(strange) }
        #expect(error?.code == .otherVault)
        #expect(try await values(self.vault(), alice) == ["alice@x.org"])
    }

    @Test("a directory that is none, is relative, or open to others, is refused with what to do")
    func directories() async throws {
        let vault = try vault()
        let open = folder.directory + "/open"
        try FileManager.default.createDirectory(atPath: open, withIntermediateDirectories: false)
        try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: open)
        for directory in ["relative", "/nowhere/at/all", place.vault, open] {
            let error = await #expect(throws: BackupRefusal.self) { try await vault.backUp(to: directory, by: .daemon) }
            #expect(error?.detail.hasPrefix(directory) == true)
        }
    }

    @Test("every table has its rule for a restore")
    func everyTable() throws {
        try vault().close()
        let tables = try place.read("SELECT name FROM sqlite_master WHERE type = 'table'") { $0["name"] as String }
        #expect(tables.sorted() == RestoredTable.all.map(\.name).sorted())
    }

    @Test("decisions are made while a backup is written, and each backup is of one moment")
    func concurrent() async throws {
        let vault = try vault()
        let scene = scene(vault)
        for number in 1...100 { _ = try await scene.add("m\(number)@x.org", to: VaultScene.person(UInt8(number))) }
        let writer = Task {
            var count = 0
            while !Task.isCancelled {
                try await vault.append(AuditEvent(.daemonStarted, .done, by: .daemon))
                count += 1
            }
            return count
        }
        var files: [String] = []
        for _ in 0..<5 { files.append(try await backUp(vault)) }
        writer.cancel()
        #expect(try await writer.value > 5)
        for file in files {
            let target = try TemporaryPlace()
            _ = try VaultRestore(file: file, vault: target.vault, keys: [.test(1)], clock: clock).run()
            let restored = try VaultDatabase(path: target.vault, key: .test(1), clock: clock)
            #expect(try await restored.verifyAudit().isIntact)
            #expect(try await values(restored, VaultScene.person(100)) == ["m100@x.org"])
        }
    }
}
