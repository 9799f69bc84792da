import Crypto
import Foundation
import Testing

@testable import Vault

@Suite struct RecordContextTests {
    private let place = RecordContext(column: .method, owner: [1, 2], record: "one")
    private let sealer = RecordSealer(key: SymmetricKey(size: .bits256), keyID: "k", database: [1])

    @Test("each part of a record's place is bound in on its own")
    func everyPart() throws {
        let sealed = try sealer.seal(["private"], in: place)
        #expect(try sealer.open([String].self, from: sealed, keyID: "k", in: place) == ["private"])
        let others = [
            RecordContext(column: .session, owner: [1, 2], record: "one"),
            RecordContext(column: .method, owner: [1], record: "one"),
            RecordContext(column: .method, owner: [1, 2], record: "two"),
            RecordContext(column: .method, owner: [1, 2, 0x6F], record: "ne"),
        ]
        for other in others {
            let error = #expect(throws: VaultError.self) {
                try sealer.open([String].self, from: sealed, keyID: "k", in: other)
            }
            #expect(error?.code == .tampered)
        }
    }
}
