import Audit
import Foundation
import GRDB
import Identity
import LatchkeyTesting
import SelfService
import Testing
import Vault

/// Ciphertext that was moved does not open: each of these is somebody with a pen in the file, without the key.
@Suite struct SealedRecordTests {
    private let place: TemporaryPlace
    private let scene: VaultScene
    private let alice = VaultScene.person(1)
    private let mallory = VaultScene.person(2)

    init() throws {
        place = try TemporaryPlace()
        scene = try place.scene()
    }

    private func expectTampered(
        at column: String,
        sourceLocation: SourceLocation = #_sourceLocation,
        _ body: () async throws -> some Any
    ) async throws {
        let error = try await #require(throws: VaultError.self, sourceLocation: sourceLocation) { _ = try await body() }
        #expect(error.code == .tampered && error.place.hasPrefix(column), sourceLocation: sourceLocation)
    }

    @Test("a method moved to another person does not open")
    func otherPerson() async throws {
        _ = try await scene.add("alice@x.org", to: alice)
        let mallorys = try await scene.add("mallory@x.org", to: mallory)
        try place.tamper("UPDATE method SET person = ? WHERE id = ?", [Data(alice.bytes), mallorys.id])
        try await expectTampered(at: "method.sealed") { try await scene.store.registration(of: alice) }
        #expect(try await scene.store.registration(of: mallory).methods.isEmpty)
    }

    @Test("a method's content copied to another method of the same person does not open")
    func otherMethod() async throws {
        let first = try await scene.add("a@x.org", to: alice)
        let second = try await scene.add("b@x.org", to: alice)
        try place.tamper(
            "UPDATE method SET sealed = (SELECT sealed FROM method WHERE id = ?) WHERE id = ?",
            [first.id, second.id]
        )
        try await expectTampered(at: "method.sealed") { try await scene.store.registration(of: alice) }
    }

    @Test("a method under another id does not open")
    func otherID() async throws {
        let method = try await scene.add("a@x.org", to: alice)
        try place.tamper("UPDATE method SET id = ? WHERE id = ?", [String(repeating: "0", count: 32), method.id])
        try await expectTampered(at: "method.sealed") { try await scene.store.registration(of: alice) }
    }

    @Test("content of another column does not open, nor a method's in a session")
    func otherColumn() async throws {
        _ = try await scene.add("a@x.org", to: alice)
        let session = try await scene.signIn(.person(alice))
        try place.tamper("UPDATE session SET sealed = (SELECT sealed FROM method)")
        try await expectTampered(at: "session.sealed") {
            try await scene.store.session(token: session.token, frontend: VaultScene.frontend)
        }
    }

    @Test("content of another database under the same key does not open")
    func otherDatabase() async throws {
        let method = try await scene.add("a@x.org", to: alice)
        let other = try TemporaryPlace()
        _ = try await other.scene().add("b@x.org", to: alice)
        let sealed = try place.read("SELECT sealed FROM method") { $0["sealed"] as Data }
        try other.tamper("UPDATE method SET id = ?, sealed = ?", [method.id, sealed.first])
        try await expectTampered(at: "method.sealed") { try await other.scene().store.registration(of: alice) }
    }

    @Test("a changed byte, a cut and an empty record do not open", arguments: ["x'00'", "x''", "zeroblob(400)"])
    func damage(_ value: String) async throws {
        _ = try await scene.add("a@x.org", to: alice)
        try place.tamper("UPDATE method SET sealed = \(value)")
        try await expectTampered(at: "method.sealed") { try await scene.store.registration(of: alice) }
    }

    @Test("every single changed bit is found")
    func everyByte() async throws {
        _ = try await scene.add("a@x.org", to: alice)
        let sealed = try #require(try place.read("SELECT sealed FROM method") { $0["sealed"] as Data }.first)
        for index in stride(from: 0, to: sealed.count, by: 7) {
            var changed = sealed
            changed[changed.startIndex + index] ^= 1
            try place.tamper("UPDATE method SET sealed = ?", [changed])
            try await expectTampered(at: "method.sealed") { try await scene.store.registration(of: alice) }
        }
        try place.tamper("UPDATE method SET sealed = ?", [sealed])
        #expect(try await scene.store.registration(of: alice).methods.count == 1)
    }

    @Test("a record of a key that is not configured names what is missing")
    func otherKey() async throws {
        _ = try await scene.add("a@x.org", to: alice)
        try place.tamper("UPDATE method SET key = '0011223344556677'")
        let error = try await #require(throws: VaultError.self) { try await scene.store.registration(of: alice) }
        #expect(error.code == .wrongKey && error.detail.contains("former key"))
    }

    @Test("nobody hangs their own token on somebody else's session, or the other way round")
    func swappedTokens() async throws {
        let victims = try await scene.signIn(.person(alice))
        let own = try await scene.signIn(.person(mallory))
        try place.tamper("UPDATE session SET token = x'00' WHERE id = ?", [victims.session.id])
        try place.tamper(
            "UPDATE session SET sealed = (SELECT sealed FROM session WHERE id = ?) WHERE id = ?",
            [victims.session.id, own.session.id]
        )
        try await expectTampered(at: "session.sealed") {
            try await scene.store.session(token: own.token, frontend: VaultScene.frontend)
        }
    }

    @Test("a session is no other subject's because its row says so, and lives no longer")
    func clearColumns() async throws {
        let issued = try await scene.signIn(.person(alice))
        try place.tamper("UPDATE session SET expires_at = expires_at + 1000000000000")
        scene.clock.advance(by: scene.lifetimes.signIn)
        try place.tamper("UPDATE session SET used_at = ?", [Int64(scene.clock.now.timeIntervalSince1970 * 1000)])
        let found = try await scene.store.session(token: issued.token, frontend: VaultScene.frontend)
        #expect(found == nil)
        try place.tamper("UPDATE session SET subject = x'00'")
        try await expectTampered(at: "session.sealed") {
            try await scene.store.session(token: issued.token, frontend: VaultScene.frontend)
        }
    }

    @Test("a challenge moved to another session does not pass it")
    func movedChallenge() async throws {
        let victim = try await scene.verified("alice@x.org", of: alice)
        let own = try await scene.verified("mallory@x.org", of: mallory)
        let target = try await scene.reset(.person(alice)).session
        _ = victim
        let session = try await scene.reset(.person(mallory)).session
        let challenge = try await scene.opened(own, in: session)
        try place.tamper("UPDATE challenge SET session = ? WHERE id = ?", [target.id, challenge.id])
        let answer = try await scene.answer(VaultScene.code, challenge, in: target)
        #expect(answer == .wrong)
        #expect(try await scene.begin(of: alice, in: target) == nil)
    }

    @Test("the hash of a code is no code")
    func hashAsCode() async throws {
        let method = try await scene.add("a@x.org", to: alice)
        let session = try await scene.signIn(.person(alice)).session
        let challenge = try await scene.opened(method, in: session)
        let hash = try #require(try place.read("SELECT code FROM challenge") { $0["code"] as Data }.first)
        for code in [hash.base64EncodedString(), hash.map { String($0, radix: 16) }.joined()] {
            #expect(try await scene.answer(code, challenge, in: session) == .wrong)
        }
    }

    @Test("a message that does not open is given up and does not hold up the others")
    func tamperedMessage() async throws {
        let session = try await scene.signIn(.person(alice)).session
        _ = try await scene.opened(try await scene.add("a@x.org", to: alice), in: session)
        _ = try await scene.opened(try await scene.add("b@x.org", to: alice), in: session)
        try place.tamper("UPDATE message SET sealed = x'00' WHERE id = (SELECT min(id) FROM message)")
        #expect(try await scene.store.dueMessages(limit: 10).map(\.message.to) == ["b@x.org"])
        let last = try await scene.store.auditRecords(after: 0, limit: 100).last?.event
        #expect(last?.action == .messageDropped && last?.details["reason"] == "tampered")
    }

    @Test("two messages that change places do not open")
    func swappedMessages() async throws {
        let session = try await scene.signIn(.person(alice)).session
        let other = try await scene.signIn(.person(mallory)).session
        _ = try await scene.opened(try await scene.add("alice@x.org", to: alice), in: session)
        _ = try await scene.opened(try await scene.add("mallory@x.org", to: mallory), in: other)
        let rows = try place.read("SELECT sealed FROM message ORDER BY id") { $0["sealed"] as Data }
        try place.tamper("UPDATE message SET sealed = ? WHERE id = (SELECT min(id) FROM message)", [rows.last])
        #expect(try await scene.store.dueMessages(limit: 10).map(\.message.to) == ["mallory@x.org"])
    }

    @Test("equal values give unequal records")
    func randomNonces() async throws {
        _ = try await scene.add("a@x.org", to: alice)
        _ = try await scene.add("a@x.org", to: mallory)
        let rows = try place.read("SELECT sealed FROM method") { $0["sealed"] as Data }
        #expect(Set(rows).count == 2)
        #expect(Set(rows.map { $0.prefix(12) }).count == 2, "the nonces differ")
    }
}
