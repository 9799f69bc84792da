import Crypto
import Foundation
import SelfService
import Testing

@testable import Vault

@Suite struct VaultKeyTests {
    private static let text = Data(repeating: 7, count: 32).base64EncodedString()

    @Test("a secret is its bytes less one trailing newline")
    func newline() throws {
        let plain = try VaultKey(secret: Self.text.utf8)
        #expect(try VaultKey(secret: "\(Self.text)\n".utf8).id == plain.id)
        #expect(throws: VaultError.self) { try VaultKey(secret: "\(Self.text)\n\n".utf8) }
    }

    @Test(
        "a secret that is no key says what is wrong and what to do, and not its value",
        arguments: [
            ("", "is empty"), ("\n", "is empty"), ("correct horse battery staple", "is not base64"),
            ("c2hvcnQ=", "has 5 bytes"), (Data(repeating: 7, count: 33).base64EncodedString(), "has 33 bytes"),
        ]
    )
    func invalid(secret: String, reason: String) throws {
        let error = try #require(throws: VaultError.self) { try VaultKey(secret: secret.utf8) }
        #expect(error.code == .invalidKey)
        #expect(error.detail.contains(reason) && error.detail.contains("openssl rand"))
        #expect(secret.isEmpty || secret == "\n" || !"\(error)".contains(secret))
    }

    @Test("a key never shows itself")
    func description() throws {
        let key = try VaultKey(secret: Self.text.utf8)
        var dumped = ""
        dump(key, to: &dumped)
        let keys = VaultKeys(root: SymmetricKey(data: Data(repeating: 7, count: 32)))
        dump(keys, to: &dumped)
        for text in ["\(key)", String(reflecting: key), "\(keys)", dumped] {
            #expect(!text.contains(Self.text) && !text.contains("0707") && !text.contains("7, 7"))
        }
    }

    @Test("the key id follows from the key, the decoys from the vault's own, and neither from anything else")
    func derivation() throws {
        #expect(try VaultKey.test(1).id == VaultKey.test(1).id && VaultKey.test(1).id != VaultKey.test(2).id)
        let (first, same) = (
            VaultKeys(root: SymmetricKey(data: Data(repeating: 1, count: 32))),
            VaultKeys(root: SymmetricKey(data: Data(repeating: 1, count: 32)))
        )
        let other = VaultKeys(root: SymmetricKey(data: Data(repeating: 2, count: 32)))
        let decoy = first.decoyMaker.subject(for: "Nobody")
        #expect(decoy == same.decoyMaker.subject(for: "nobody"))
        #expect(decoy != other.decoyMaker.subject(for: "nobody"))
    }
}
