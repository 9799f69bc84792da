import Crypto
import Foundation

/// Seals values with AES-256-GCM under random nonces.
///
/// The plaintext is JSON, filled up with spaces to whole blocks: its length tells neither an address from a
/// number nor a short one from a long one.
struct RecordSealer: Sendable {
    let key: SymmetricKey
    let keyID: String
    let database: [UInt8]

    /// Plaintexts are whole multiples of this.
    static let block = 256

    func seal(_ value: some Encodable, in context: RecordContext) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var plaintext = try encoder.encode(value)
        let rest = plaintext.count % Self.block
        if rest > 0 { plaintext.append(contentsOf: repeatElement(UInt8(ascii: " "), count: Self.block - rest)) }
        defer { plaintext.resetBytes(in: plaintext.startIndex..<plaintext.endIndex) }
        let associated = context.associatedData(database: database, keyID: keyID)
        return try sealed(plaintext, associated, context)
    }

    /// - Throws: ``VaultError``: `tampered` when the record does not belong where it was found.
    func open<Value: Decodable>(
        _ type: Value.Type,
        from record: Data,
        keyID: String,
        in context: RecordContext
    ) throws -> Value {
        guard keyID == self.keyID else { throw unknownKey(keyID, context) }
        let associated = context.associatedData(database: database, keyID: keyID)
        do {
            let box = try AES.GCM.SealedBox(combined: record)
            var plaintext = try AES.GCM.open(box, using: key, authenticating: associated)
            defer { plaintext.resetBytes(in: plaintext.startIndex..<plaintext.endIndex) }
            return try JSONDecoder().decode(Value.self, from: plaintext)
        } catch {
            // The cause is dropped on purpose: a decoding error quotes what it read.
            throw VaultError.tampered(context.column.rawValue, context.record)
        }
    }

    private func sealed(_ plaintext: Data, _ associated: Data, _ context: RecordContext) throws -> Data {
        guard let combined = try AES.GCM.seal(plaintext, using: key, authenticating: associated).combined else {
            // Only a nonce that is not 12 bytes long has no combined form, and ours is the library's own.
            throw VaultError(
                .unavailable,
                at: context.column.rawValue,
                detail: "the record cannot be sealed; try again"
            )
        }
        return combined
    }

    private func unknownKey(_ keyID: String, _ context: RecordContext) -> VaultError {
        VaultError(
            .wrongKey,
            at: "\(context.column.rawValue) of \(context.record)",
            detail: "the record was sealed with a key that is not configured; put the former key back"
        )
    }
}
