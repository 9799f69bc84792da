import Audit
import Crypto
import Foundation
import GRDB
import Identity
import LatchkeyTesting
import SelfService
import Testing

@testable import Vault

@Suite("Rotating the keys")
struct KeyRotationTests {
    private let place: TemporaryPlace
    private let clock = ManualClock()
    private let alice = VaultScene.person(1)

    init() throws { place = try TemporaryPlace() }

    private func vault(_ keys: UInt8...) throws -> VaultDatabase {
        try VaultDatabase(path: place.vault, keys: keys.map(VaultKey.test), clock: clock)
    }

    private func scene(_ vault: VaultDatabase) -> VaultScene { VaultScene(store: vault, clock: clock) }

    @Test("goes on under everybody's hands: sessions, codes, counters, methods and decoys are what they were")
    func nothingLost() async throws {
        let vault = try vault(1)
        let scene = scene(vault)
        let mail = try await scene.verified("alice@x.org", of: alice)
        let decoy = vault.keys.decoyMaker.subject(for: "nobody")
        let (reset, other) = (try await scene.reset(.person(alice)), try await scene.reset(decoy))
        let challenge = try await scene.opened(mail, in: reset.session)
        let lure = try await scene.opened(VaultScene.decoyMethod(), in: other.session)
        for _ in 0..<3 {
            #expect(try await scene.answer(VaultScene.wrongCode, challenge, in: reset.session) == .wrong)
            #expect(try await scene.answer(VaultScene.wrongCode, lure, in: other.session) == .wrong)
        }
        let before = try await vault.keyStatus()
        let messages = try await vault.dueMessages(limit: 10)
        #expect(try await vault.rotateKeys(by: .administrator(uid: 7)))
        let during = try await vault.keyStatus()
        #expect(during.writingKey != before.writingKey && during.formerKeys == [before.writingKey])
        #expect(during.remaining["method"] == 1 && !during.isComplete)
        #expect(try await !vault.rotateKeys(by: .administrator(uid: 7)), "one at a time")
        #expect(try await vault.session(token: reset.token, frontend: VaultScene.frontend)?.subject == .person(alice))
        #expect(try await scene.answer(VaultScene.wrongCode, lure, in: other.session) == .wrong)
        #expect(try await vault.finishRotation() == 0)
        #expect(try await vault.keyStatus().isComplete)
        #expect(try await scene.answer(VaultScene.wrongCode, lure, in: other.session) == .wrong)
        let limited = try await scene.open(VaultScene.decoyMethod(), in: other.session)
        #expect(limited == .limited(retryAfter: 3600), "a decoy's wrong answers are still counted")
        #expect(try await scene.answer(VaultScene.code, challenge, in: reset.session).isPassed)
        #expect(try await vault.registration(of: alice).methods.map(\.value) == ["alice@x.org"])
        #expect(try await vault.dueMessages(limit: 10).map(\.message.to) == messages.map(\.message.to))
        #expect(vault.keys.decoyMaker.subject(for: "nobody") == decoy)
        let again = try self.vault(1)
        #expect(again.keys.decoyMaker.subject(for: "nobody") == decoy)
        #expect(try await again.verifyAudit().isIntact)
    }

    @Test("leaves nothing under the former key, and no former key")
    func complete() async throws {
        let vault = try vault(1)
        let scene = scene(vault)
        for number in 1...250 {
            _ = try await scene.add("m\(number)@x.org", to: VaultScene.person(UInt8(number)))
        }
        let former = try await vault.keyStatus().writingKey
        _ = try await vault.rotateKeys(by: .daemon)
        _ = try await vault.finishRotation()
        let tables = SealedTable.all.map(\.name)
        for table in tables {
            let left = try place.read("SELECT count(*) AS n FROM \(table) WHERE key = '\(former)'") { $0["n"] as Int }
            #expect(left == [0], "\(table)")
        }
        #expect(try place.read("SELECT id FROM keyring WHERE use = 'generation'") { $0["id"] as String }.count == 1)
        #expect(try await vault.registration(of: VaultScene.person(249)).methods.map(\.value) == ["m249@x.org"])
        let actions = try await vault.auditRecords(after: 0, limit: 1000).map(\.event.action)
        #expect(actions.contains(.keysRotated) && actions.contains(.rotationFinished))
    }

    @Test("goes on at the next start, wherever it was stopped, and is not complete before its end")
    func restart() async throws {
        var vault = try vault(1)
        for number in 1...220 {
            _ = try await scene(vault).add("m\(number)@x.org", to: VaultScene.person(UInt8(number)))
        }
        _ = try await vault.rotateKeys(by: .daemon)
        var step = RotationStep()
        for round in 0..<2 {
            step = try await vault.decide { [step] transaction in
                var next = step
                try next.run(transaction)
                return next
            }
            vault = try self.vault(1)
            let status = try await vault.keyStatus()
            #expect(!status.isComplete && status.remaining["method"] == 220 - 100 * (round + 1))
            step = RotationStep()
        }
        _ = try await vault.finishRotation()
        #expect(try await vault.keyStatus().isComplete)
    }

    @Test("begins by itself when the configured key is another one, which then suffices")
    func configuredKey() async throws {
        _ = try await scene(vault(1)).verified("alice@x.org", of: alice)
        let refused = #expect(throws: VaultError.self) { try vault(2) }
        #expect(refused?.code == .wrongKey)
        let both = try vault(2, 1)
        #expect(both.notices.count == 1 && both.notices.first?.contains("may go from the configuration") == true)
        let status = try await both.keyStatus()
        #expect(try status.configuredKey == VaultKey.test(2).id && !status.isComplete)
        try both.close()
        let alone = try vault(2)
        #expect(alone.notices.isEmpty)
        _ = try await alone.finishRotation()
        #expect(try await alone.keyStatus().isComplete)
        #expect(try await alone.registration(of: alice).methods.map(\.value) == ["alice@x.org"])
        #expect(try await alone.verifyAudit().isIntact)
        #expect(throws: VaultError.self) { try vault(1) }
        #expect(throws: VaultError.self) { try VaultDatabase(path: place.vault, keys: []) }
    }

    @Test("is not called complete over a record that does not open")
    func unreadable() async throws {
        let vault = try vault(1)
        _ = try await scene(vault).add("alice@x.org", to: alice)
        _ = try await scene(vault).add("bob@x.org", to: VaultScene.person(2))
        try place.tamper("UPDATE method SET sealed = zeroblob(400) WHERE person = ?", [Data(alice.bytes)])
        _ = try await vault.rotateKeys(by: .daemon)
        #expect(try await vault.finishRotation() == 1)
        let status = try await vault.keyStatus()
        #expect(!status.isComplete && status.remaining == ["method": 1] && status.formerKeys.count == 1)
        try place.tamper("DELETE FROM method WHERE person = ?", [Data(alice.bytes)])
        #expect(try await vault.finishRotation() == 0)
        #expect(try await vault.keyStatus().isComplete)
    }

    @Test("knows every table with something sealed, and every column of it")
    func everyTable() throws {
        try vault(1).close()
        let tables = try place.read("SELECT name FROM sqlite_master WHERE type = 'table'") { $0["name"] as String }
        for table in tables {
            let columns = try place.read("SELECT name, type FROM pragma_table_info('\(table)')") {
                ($0["name"] as String, $0["type"] as String)
            }
            let known = SealedTable.all.first { $0.name == table }
            #expect(columns.contains { $0.0 == "sealed" } == (known != nil), "\(table)")
            // The directory's own ids stand in clear; every other blob is sealed or hashed under a key.
            let blobs = Set(columns.filter { $0.1 == "BLOB" }.map(\.0)).subtracting(["sealed", "person"])
            if let known { #expect(blobs == Set(known.hashes.map(\.column)), "\(table)") }
        }
    }

    @Test(
        "a key moved to another place, or made the one that writes, does not open",
        arguments: [
            "UPDATE keyring SET position = 9 WHERE use = 'audit'", "UPDATE keyring SET first = 2 WHERE use = 'audit'",
            "UPDATE keyring SET covering = 0 WHERE use = 'generation'",
            "UPDATE keyring SET wrapped = (SELECT wrapped FROM keyring WHERE use = 'audit') WHERE use = 'root'",
            "UPDATE vault SET database = zeroblob(16)", "UPDATE vault SET key = 'ffff'",
        ]
    )
    func tamperedKey(sql: String) throws {
        try vault(1).close()
        try place.tamper(sql)
        let error = #expect(throws: VaultError.self) { try vault(1) }
        #expect(error?.code == .tampered)
    }

    @Test("a cover comes off under its own key only, and hides which hash stands below it")
    func cover() {
        let (one, other) = (Cover(key: .init(size: .bits256)), Cover(key: .init(size: .bits256)))
        let hash = Data(RandomBytes.make(Cover.byteCount))
        #expect(one.uncover(one.cover(hash)) == hash && one.cover(hash) != hash)
        #expect(other.uncover(one.cover(hash)) != hash && other.cover(hash) != one.cover(hash))
        let near = Data(hash.dropLast() + [hash[hash.count - 1] ^ 1])
        let (left, right) = (one.cover(hash), one.cover(near))
        #expect(left.prefix(16) != right.prefix(16) && left.suffix(16) != right.suffix(16))
        #expect(Cover(key: nil).cover(hash) == hash)
    }
}
