import Audit
import Crypto
import Foundation
import GRDB
import Identity
import LatchkeyTesting
import SelfService
import Testing

@testable import Vault

/// A vault as schema "1" wrote it: everything derived from the configured key, the audit in clear.
@Suite("A vault of the first schema")
struct FormerSchemaTests {
    private let place: TemporaryPlace
    private let alice = VaultScene.person(1)
    private let token = SecretHash.makeToken()
    private let database = RandomBytes.make(16)

    init() throws {
        place = try TemporaryPlace()
        let queue = try DatabaseQueue(path: place.vault)
        try queue.write(VaultSchema.claim)
        try VaultSchema.migrator.migrate(queue, upTo: "1")
        try queue.write(fill)
        try queue.close()
    }

    private func fill(_ db: Database) throws {
        let key = try VaultKey.test(1)
        let derivation = KeyDerivation(key.material)
        try db.execute(sql: "INSERT INTO vault VALUES (1, ?, ?)", arguments: [Data(database), key.id])
        let sealer = RecordSealer(key: derivation.key("records"), keyID: key.id, database: database)
        let method = SealedMethod(
            RegisteredMethod(
                id: "m1",
                kind: .email,
                value: "alice@x.org",
                label: "",
                state: .verified,
                isDefault: true,
                addedAt: .distantPast
            )
        )
        let owner = Data(alice.bytes)
        try db.execute(sql: "INSERT INTO registration (person) VALUES (?)", arguments: [owner])
        try db.execute(
            sql: "INSERT INTO method (id, person, key, sealed) VALUES ('m1', ?, ?, ?)",
            arguments: [
                owner, key.id,
                try sealer.seal(method, in: RecordContext(column: .method, owner: alice.bytes, record: "m1")),
            ]
        )
        try insertSession(db, sealer, derivation, key.id)
        try db.execute(
            sql:
                "INSERT INTO intent (kind, person, recorded_at, before, state) VALUES ('password', ?, 1, ?, 'pending')",
            arguments: [owner, try JSONEncoder().encode(VaultScene.marker)]
        )
        let chain = AuditChain(key: derivation.key("audit"))
        let event = AuditEvent(.methodAdded, .done, by: .daemon, about: alice, details: ["method": "m1"])
        let payload = try AuditPayload(time: Milliseconds(count: 1), event: event).bytes
        let link = chain.link(sequence: 1, payload: payload, previous: AuditChain.root)
        try db.execute(sql: "INSERT INTO audit VALUES (1, ?, ?)", arguments: [Data(payload), Data(link)])
        try db.execute(
            sql: "INSERT INTO audit_head VALUES (1, 1, ?, ?)",
            arguments: [Data(link), Data(chain.head(sequence: 1, link: link))]
        )
    }

    private func insertSession(
        _ db: Database,
        _ sealer: RecordSealer,
        _ derivation: KeyDerivation,
        _ keyID: String
    ) throws {
        let index = KeyedIndex(key: derivation.key("indexes"), cover: Cover(key: nil))
        let hash = SecretHash(key: derivation.key("tokens"), cover: Cover(key: nil)).token(token)
        let subject = index.subject(.person(alice))
        let session = Session(
            id: 1,
            subject: .person(alice),
            frontend: VaultScene.frontend,
            policyName: "p",
            policyVersion: "1",
            expiresAt: .distantFuture,
            kind: .signIn
        )
        let context = RecordContext(column: .session, owner: Array(subject), record: Hexadecimal.text(Array(hash)))
        let far = Milliseconds(Date.distantFuture).count
        try db.execute(
            sql: """
                INSERT INTO session (id, token, subject, expires_at, used_at, key, sealed) VALUES (1, ?, ?, ?, 0, ?, ?)
                """,
            arguments: [
                hash, subject, far, keyID, try sealer.seal(SealedSession(session, idleLimit: nil), in: context),
            ]
        )
    }

    private func check(_ vault: VaultDatabase) async throws {
        #expect(try await vault.registration(of: alice).methods.map(\.value) == ["alice@x.org"])
        #expect(try await vault.session(token: token, frontend: VaultScene.frontend)?.subject == .person(alice))
        #expect(try await vault.verifyAudit().isIntact)
    }

    @Test("opens with its key as it was, and refuses another")
    func opens() async throws {
        #expect(throws: VaultError.self) { try VaultDatabase(path: place.vault, key: .test(2)) }
        for _ in 0..<2 {
            let vault = try VaultDatabase(path: place.vault, key: .test(1))
            #expect(vault.notices.isEmpty)
            try await check(vault)
            try vault.close()
        }
        #expect(throws: VaultError.self) { try VaultDatabase(path: place.vault, key: .test(2)) }
    }

    @Test("knows of the write that was under way, and that it was one to the mirrored directory")
    func intents() async throws {
        let vault = try VaultDatabase(path: place.vault, key: .test(1))
        let intents = try await vault.unresolvedWrites()
        #expect(intents.map(\.person) == [alice] && intents.allSatisfy { $0.link == nil })
        try await vault.finishWrite(try #require(intents.first), outcome: .init(.refused, server: ""), by: .daemon)
        #expect(try await vault.unresolvedWrites().isEmpty)
        let write = LinkedWrite(directory: "ad", account: VaultScene.person(9), before: VaultScene.marker)
        let begun = try await vault.beginWrite(
            .unlock,
            of: alice,
            in: nil,
            before: VaultScene.marker,
            followers: [write],
            by: .daemon
        )
        #expect(begun?.followers.map(\.link?.directory) == ["ad"])
    }

    @Test("keeps its decoys, over every rotation")
    func decoys() async throws {
        let vault = try VaultDatabase(path: place.vault, key: .test(1))
        let expected = DecoyMaker(key: KeyDerivation(try VaultKey.test(1).material).key("decoys")).subject(
            for: "nobody"
        )
        #expect(vault.keys.decoyMaker.subject(for: "nobody") == expected)
        _ = try await vault.rotateKeys(by: .daemon)
        _ = try await vault.finishRotation()
        #expect(vault.keys.decoyMaker.subject(for: "nobody") == expected)
        try vault.close()
        let other = try VaultDatabase(path: place.vault, keys: [.test(2), .test(1)])
        #expect(other.keys.decoyMaker.subject(for: "nobody") == expected)
    }

    @Test("changes its keys like any other, with its sessions and its audit whole", arguments: [true, false])
    func rotates(isByConfiguration: Bool) async throws {
        let keys: [VaultKey] = isByConfiguration ? [try .test(2), try .test(1)] : [try .test(1)]
        let vault = try VaultDatabase(path: place.vault, keys: keys)
        if !isByConfiguration { #expect(try await vault.rotateKeys(by: .daemon)) }
        try await check(vault)
        _ = try await vault.finishRotation()
        try await check(vault)
        #expect(try await vault.keyStatus().isComplete)
        try vault.close()
        try await check(try VaultDatabase(path: place.vault, key: keys[0]))
    }
}
