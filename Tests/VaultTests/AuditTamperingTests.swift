import Audit
import Foundation
import GRDB
import LatchkeyTesting
import Testing
import Vault

@Suite struct AuditTamperingTests {
    private let place: TemporaryPlace
    private let scene: VaultScene

    init() async throws {
        place = try TemporaryPlace()
        scene = try place.scene()
        for number in 1...10 { try await append(number) }
    }

    private func append(_ number: Int) async throws {
        try await scene.store.append(AuditEvent(.personLookedUp, .done, by: .daemon, details: ["n": "\(number)"]))
    }

    @Test("an untouched chain is whole, over a restart too")
    func whole() async throws {
        #expect(try await scene.store.verifyAudit() == AuditVerification(count: 10))
        let vault = try VaultDatabase(path: place.vault, key: .test(1))
        #expect(vault.notices.isEmpty)
        try await vault.append(AuditEvent(.daemonStarted, .done, by: .daemon))
        #expect(try await vault.verifyAudit() == AuditVerification(count: 11))
    }

    @Test(
        "a changed, removed, inserted or moved record is found where it is",
        arguments: [
            ("UPDATE audit SET payload = replace(payload, '\"5\"', '\"6\"') WHERE sequence = 5", 5),
            ("UPDATE audit SET payload = replace(payload, '\"time\":1', '\"time\":2') WHERE sequence = 5", 5),
            ("UPDATE audit SET link = zeroblob(32) WHERE sequence = 7", 7),
            ("DELETE FROM audit WHERE sequence = 4", 4),
            ("DELETE FROM audit WHERE sequence = 1", 1),
            ("INSERT INTO audit SELECT 11, payload, link FROM audit WHERE sequence = 10", 11),
            ("DELETE FROM audit WHERE sequence > 7", 8),
            ("DELETE FROM audit", 1),
            ("UPDATE audit_head SET mac = zeroblob(32)", 11),
            ("DELETE FROM audit_head", 11),
        ]
    )
    func tampering(sql: String, brokenAt: Int64) async throws {
        try place.tamper(sql)
        #expect(try await scene.store.verifyAudit().brokenAt == brokenAt)
    }

    @Test("an anchor from elsewhere holds, and shows what was cut off or replaced by whoever has the key")
    func anchored() async throws {
        let before = try #require(try await scene.store.auditAnchor())
        #expect(AuditAnchor(before.description) == before && before.sequence == 10)
        try await append(11)
        #expect(try await scene.store.verifyAudit(against: before).anchor == .holds)
        let later = try #require(try await scene.store.auditAnchor())
        var other = before
        other.link[0] ^= 1
        #expect(try await scene.store.verifyAudit(against: other).isIntact == false)
        // Another vault's audit is intact, and not this one.
        let replaced = try TemporaryPlace().scene()
        try await replaced.store.append(AuditEvent(.daemonStarted, .done, by: .daemon))
        let found = try await replaced.store.verifyAudit(against: later)
        #expect(found.brokenAt == nil && found.anchor == .broken && !found.isIntact)
    }

    @Test("what need not be kept goes from the front, and the rest verifies; what was tampered with stays")
    func pruned() async throws {
        let third = try #require(try await scene.store.auditAnchor())
        scene.clock.advance(by: 86400)
        for number in 11...15 { try await append(number) }
        #expect(try await scene.store.pruneAudit(before: scene.clock.now.addingTimeInterval(-3600), limit: 4) == 4)
        #expect(try await scene.store.pruneAudit(before: scene.clock.now.addingTimeInterval(-3600), limit: 100) == 6)
        #expect(try await scene.store.pruneAudit(before: scene.clock.now.addingTimeInterval(-3600), limit: 100) == 0)
        let kept = try await scene.store.auditRecords(after: 0, limit: 100)
        #expect(kept.map(\.sequence) == Array(11...17) && kept.suffix(2).allSatisfy { $0.event.action == .auditPruned })
        #expect(try await scene.store.verifyAudit(against: third) == found(count: 7, .holds))
        #expect(try VaultDatabase(path: place.vault, key: .test(1)).notices.isEmpty)
        try place.tamper("UPDATE audit_base SET sequence = 11")
        #expect(try await scene.store.verifyAudit().brokenAt == 1)
    }

    private func found(count: Int64, _ anchor: AnchorFinding) -> AuditVerification {
        var found = AuditVerification(count: count)
        found.anchor = anchor
        return found
    }

    @Test("nothing is deleted from where somebody has changed it on")
    func evidence() async throws {
        try place.tamper("UPDATE audit SET link = zeroblob(32) WHERE sequence = 7")
        scene.clock.advance(by: 86400)
        #expect(try await scene.store.pruneAudit(before: scene.clock.now, limit: 100) == 6)
        #expect(try await scene.store.pruneAudit(before: scene.clock.now, limit: 100) == 0)
        #expect(try await scene.store.verifyAudit().brokenAt == 7)
    }

    @Test("the newest record stays, however old, so that the chain goes on")
    func newest() async throws {
        scene.clock.advance(by: 86400)
        #expect(try await scene.store.pruneAudit(before: scene.clock.now, limit: 100) == 9)
        #expect(try await scene.store.verifyAudit() == AuditVerification(count: 2))
        try await append(12)
        #expect(try await scene.store.verifyAudit().isIntact)
    }

    @Test(
        "what is no anchor is none",
        arguments: ["", "5", "5:", "0:" + "a", "x:y", "5:" + String(repeating: "g", count: 64)]
    )
    func noAnchor(text: String) { #expect(AuditAnchor(text) == nil) }

    @Test("two records that change places are found")
    func reordered() async throws {
        try place.tamper("UPDATE audit SET sequence = -1 WHERE sequence = 3")
        try place.tamper("UPDATE audit SET sequence = 3 WHERE sequence = 4")
        try place.tamper("UPDATE audit SET sequence = 4 WHERE sequence = -1")
        #expect(try await scene.store.verifyAudit().brokenAt == 3)
    }

    @Test(
        "a missing end is told at the opening, and stays visible however much is appended",
        arguments: [
            "DELETE FROM audit WHERE sequence > 7", "DELETE FROM audit",
            "DELETE FROM audit WHERE sequence > 7; DELETE FROM audit_head",
            "DELETE FROM audit WHERE sequence > 7; UPDATE audit_head SET sequence = 7",
        ]
    )
    func truncated(sql: String) async throws {
        try place.tamper(sql)
        let vault = try VaultDatabase(path: place.vault, key: .test(1))
        #expect(vault.notices.count == 1 && vault.notices.first?.contains("audit") == true)
        let before = try await vault.verifyAudit().brokenAt
        #expect(before == (sql == "DELETE FROM audit" ? 1 : 8))
        for _ in 0..<5 { try await vault.append(AuditEvent(.daemonStarted, .done, by: .daemon)) }
        #expect(try await vault.verifyAudit().brokenAt == before)
    }

    @Test("records of another key are no records")
    func otherKey() async throws {
        let other = try TemporaryPlace()
        try await other.scene(key: 2).store.append(AuditEvent(.daemonStarted, .done, by: .daemon))
        let row = try #require(
            try other.read("SELECT payload, link FROM audit") { ($0["payload"] as Data, $0["link"] as Data) }.first
        )
        try place.tamper("UPDATE audit SET payload = ?, link = ? WHERE sequence = 1", [row.0, row.1])
        #expect(try await scene.store.verifyAudit().brokenAt == 1)
    }

    @Test("a record that cannot be read is an error with its number, not a crash")
    func unreadable() async throws {
        try place.tamper("UPDATE audit SET payload = x'ff' WHERE sequence = 2")
        let error = try await #require(throws: VaultError.self) {
            try await scene.store.auditRecords(after: 0, limit: 10)
        }
        #expect(error.code == .tampered && error.place.contains("record 2"))
    }

    @Test("a long chain is walked in batches")
    func long() async throws {
        for number in 11...2500 { try await append(number) }
        #expect(try await scene.store.verifyAudit() == AuditVerification(count: 2500))
        try place.tamper("UPDATE audit SET payload = x'00' WHERE sequence = 2400")
        #expect(try await scene.store.verifyAudit() == AuditVerification(count: 2500, brokenAt: 2400))
    }
}
