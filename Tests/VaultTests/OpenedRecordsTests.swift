import Crypto
import Foundation
import Identity
import SelfService
import Testing

@testable import Vault

@Suite("Records that are kept opened for a moment")
struct OpenedRecordsTests {
    private let place = RecordContext(column: .challenge, owner: [1, 2], record: "one")
    private let sealer: RecordSealer
    private let opened = OpenedRecords()

    init() {
        sealer = RecordSealer(key: SymmetricKey(size: .bits256), keyID: "k", database: [1], opened: opened)
    }

    private func challenge(_ methodID: String = "m") -> SealedChallenge {
        SealedChallenge(methodID: methodID, kind: .email, expiresAt: Milliseconds(count: 1))
    }

    private func method(_ secret: MethodSecret?) -> SealedMethod {
        SealedMethod(
            RegisteredMethod(
                id: "m",
                kind: secret == nil ? .email : .authenticator,
                value: "a@example.org",
                label: "",
                state: .verified,
                isDefault: false,
                addedAt: .distantPast,
                secret: secret
            )
        )
    }

    @Test("what was opened in its own place opens nowhere else, and not under another key's name")
    func elsewhere() throws {
        let sealed = try sealer.seal(challenge(), in: place)
        #expect(try sealer.open(SealedChallenge.self, from: sealed, keyID: "k", in: place).methodID == "m")
        #expect(opened.count == 1)
        let moved = RecordContext(column: .challenge, owner: [1, 2], record: "two")
        #expect(throws: VaultError.self) {
            try sealer.open(SealedChallenge.self, from: sealed, keyID: "k", in: moved)
        }
        #expect(throws: VaultError.self) {
            try sealer.open(SealedChallenge.self, from: sealed, keyID: "other", in: place)
        }
    }

    @Test("a changed byte is found, whatever is kept", arguments: [0, 20, -1])
    func changed(at position: Int) throws {
        var sealed = try sealer.seal(challenge(), in: place)
        sealed[position < 0 ? sealed.count + position : position] ^= 1
        #expect(throws: VaultError.self) {
            try sealer.open(SealedChallenge.self, from: sealed, keyID: "k", in: place)
        }
    }

    @Test("the bytes decide: another record in the same place has its own value")
    func another() throws {
        let (one, two) = (try sealer.seal(challenge("1"), in: place), try sealer.seal(challenge("2"), in: place))
        #expect(try sealer.open(SealedChallenge.self, from: one, keyID: "k", in: place).methodID == "1")
        #expect(try sealer.open(SealedChallenge.self, from: two, keyID: "k", in: place).methodID == "2")
    }

    @Test("seeds and verifiers are not kept, addresses are")
    func secrets() throws {
        let place = RecordContext(column: .method, owner: [1], record: "m")
        let seed = MethodSecret.authenticator(AuthenticatorSecret(seed: Data(count: TOTP.seedByteCount)))
        let sealed = try sealer.seal(method(seed), in: place)
        #expect(try sealer.open(SealedMethod.self, from: sealed, keyID: "k", in: place).secret == seed)
        #expect(opened.count == 0)
        _ = try sealer.seal(method(nil), in: place)
        #expect(opened.count == 1)
    }

    @Test("no more is kept than the limit, and nothing after it was forgotten")
    func bounds() throws {
        for number in 0..<OpenedRecords.limit + 10 { _ = try sealer.seal(challenge("\(number)"), in: place) }
        #expect(opened.count <= OpenedRecords.limit)
        opened.forget()
        #expect(opened.count == 0)
    }

    @Test("what stands for a value is the same however often it is asked for, and each value has its own")
    func indexes() {
        let index = KeyedIndex(key: .init(size: .bits256), cover: Cover(key: .init(size: .bits256)))
        let people = (0..<IndexMemory.limit + 5).map { Data("person \($0)".utf8) }
        let made = people.map { index.frontend(String(decoding: $0, as: UTF8.self)) }
        #expect(Set(made).count == people.count)
        #expect(people.map { index.frontend(String(decoding: $0, as: UTF8.self)) } == made)
    }
}
