import Crypto
import Foundation

/// Everything that needs a key, made once for one generation of one database's keys.
struct VaultSecrets: Sendable {
    let database: [UInt8]
    let keyring: Keyring
    /// Stands in the column `key` beside what is sealed now.
    let keyID: String
    let records: RecordSealer
    let messages: RecordSealer
    let index: KeyedIndex
    /// That one, and those of the generations that are being left.
    let indexes: [KeyedIndex]
    let hash: SecretHash

    init(keyring: Keyring, database: [UInt8]) {
        self.database = database
        self.keyring = keyring
        let (current, formers) = (keyring.current, keyring.generations.dropFirst())
        keyID = current.id
        records = RecordSealer(
            key: current.records,
            keyID: current.id,
            database: database,
            formers: Dictionary(formers.map { ($0.id, $0.records) }) { first, _ in first },
            opened: OpenedRecords()
        )
        messages = RecordSealer(
            key: current.messages,
            keyID: current.id,
            database: database,
            formers: Dictionary(formers.map { ($0.id, $0.messages) }) { first, _ in first }
        )
        index = KeyedIndex(key: keyring.root.indexes, cover: current.indexes)
        indexes = keyring.generations.map { KeyedIndex(key: keyring.root.indexes, cover: $0.indexes) }
        hash = SecretHash(key: keyring.root.tokens, cover: current.tokens)
    }
}
