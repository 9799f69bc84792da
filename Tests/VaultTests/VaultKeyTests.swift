import Foundation
import SelfService
import Testing
import Vault

@Suite struct VaultKeyTests {
    private static let text = Data(repeating: 7, count: 32).base64EncodedString()

    @Test("a secret is its bytes less one trailing newline")
    func newline() throws {
        let plain = VaultKeys(try VaultKey(secret: Self.text.utf8))
        #expect(VaultKeys(try VaultKey(secret: "\(Self.text)\n".utf8)).id == plain.id)
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
        dump(VaultKeys(key), to: &dumped)
        for text in ["\(key)", String(reflecting: key), "\(VaultKeys(key))", dumped] {
            #expect(!text.contains(Self.text) && !text.contains("0707") && !text.contains("7, 7"))
        }
    }

    @Test("the key id and the decoys follow from the key and from nothing else")
    func derivation() throws {
        let (first, same, other) = (VaultKeys(try .test(1)), VaultKeys(try .test(1)), VaultKeys(try .test(2)))
        #expect(first.id == same.id && first.id != other.id)
        let decoy = first.decoyMaker.subject(for: "Nobody")
        #expect(decoy == same.decoyMaker.subject(for: "nobody"))
        #expect(decoy != other.decoyMaker.subject(for: "nobody"))
    }
}
