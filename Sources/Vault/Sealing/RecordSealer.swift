import Crypto
import Foundation

/// Seals values with AES-256-GCM under random nonces.
///
/// The plaintext is JSON, filled up with spaces to whole blocks: its length tells neither an address from a
/// number nor a short one from a long one.
struct RecordSealer: Sendable {
    /// The key that seals.
    let key: SymmetricKey
    let keyID: String
    let database: [UInt8]
    /// Those that only open, by their ids: of generations that are being left.
    var formers: [String: SymmetricKey] = [:]
    /// What was opened a moment ago; nil: nothing is kept.
    var opened: OpenedRecords?
    /// Plaintexts are whole multiples of this.
    var block = Self.blockDefault

    static let blockDefault = 256

    /// As the general one; whoever reads the record soon finds its value here.
    func seal(_ value: some BrieflyKept, in context: RecordContext) throws -> Data {
        let record = try sealed(encoding: value, in: context)
        opened?.keep(value, at: OpenedRecords.Place(keyID: keyID, context: context, record: record))
        return record
    }

    func seal(_ value: some Encodable, in context: RecordContext) throws -> Data {
        try sealed(encoding: value, in: context)
    }

    private func sealed(encoding value: some Encodable, in context: RecordContext) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var plaintext = try encoder.encode(value)
        let rest = plaintext.count % block
        if rest > 0 { plaintext.append(contentsOf: repeatElement(UInt8(ascii: " "), count: block - rest)) }
        defer { plaintext.resetBytes(in: plaintext.startIndex..<plaintext.endIndex) }
        let associated = context.associatedData(database: database, keyID: keyID)
        return try sealed(plaintext, associated, context)
    }

    /// As the general one, less the work where these very bytes were opened here a moment ago.
    func open<Value: BrieflyKept>(
        _ type: Value.Type,
        from record: Data,
        keyID: String,
        in context: RecordContext
    ) throws -> Value {
        let place = OpenedRecords.Place(keyID: keyID, context: context, record: record)
        if let value: Value = opened?.value(at: place) { return value }
        let value = try decoded(type, from: record, keyID: keyID, in: context)
        opened?.keep(value, at: place)
        return value
    }

    /// - Throws: ``VaultError``: `tampered` when the record does not belong where it was found.
    func open<Value: Decodable>(
        _ type: Value.Type,
        from record: Data,
        keyID: String,
        in context: RecordContext
    ) throws -> Value {
        try decoded(type, from: record, keyID: keyID, in: context)
    }

    private func decoded<Value: Decodable>(
        _ type: Value.Type,
        from record: Data,
        keyID: String,
        in context: RecordContext
    ) throws -> Value {
        var plaintext = try open(record, keyID: keyID, in: context)
        defer { plaintext.resetBytes(in: plaintext.startIndex..<plaintext.endIndex) }
        do {
            return try JSONDecoder().decode(Value.self, from: plaintext)
        } catch {
            // The cause is dropped on purpose: a decoding error quotes what it read.
            throw VaultError.tampered(context.column.rawValue, context.record)
        }
    }

    /// The same content under the key that seals, in its own place or where it moves to.
    func reseal(
        _ record: Data,
        keyID: String,
        from former: RecordContext,
        to context: RecordContext
    ) throws -> Data {
        var plaintext = try open(record, keyID: keyID, in: former)
        defer { plaintext.resetBytes(in: plaintext.startIndex..<plaintext.endIndex) }
        return try sealed(plaintext, context.associatedData(database: database, keyID: self.keyID), context)
    }

    private func open(_ record: Data, keyID: String, in context: RecordContext) throws -> Data {
        guard let key = keyID == self.keyID ? key : formers[keyID] else { throw unknownKey(keyID, context) }
        let associated = context.associatedData(database: database, keyID: keyID)
        do {
            return try AES.GCM.open(AES.GCM.SealedBox(combined: record), using: key, authenticating: associated)
        } catch {
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
            detail: "the record was sealed with a former key that this vault does not have; restore it from a backup"
        )
    }
}
