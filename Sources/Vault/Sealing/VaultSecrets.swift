import Audit
import Crypto

/// Everything that needs a key, made once for one database.
struct VaultSecrets: Sendable {
    let keyID: String
    let records: RecordSealer
    let messages: RecordSealer
    let index: KeyedIndex
    let hash: SecretHash
    let chain: AuditChain

    init(keys: VaultKeys, database: [UInt8]) {
        keyID = keys.id
        records = RecordSealer(key: keys.records, keyID: keys.id, database: database)
        messages = RecordSealer(key: keys.messages, keyID: keys.id, database: database)
        index = KeyedIndex(key: keys.indexes)
        hash = SecretHash(key: keys.tokens)
        chain = keys.auditChain
    }
}
