import Crypto

/// The keys that are rotated together: of records, of undelivered messages, and of what covers the keyed hashes.
struct KeyGeneration: Sendable {
    /// Stands in the column `key` beside everything that is sealed with these.
    let id: String
    let records: SymmetricKey
    let messages: SymmetricKey
    let indexes: Cover
    let tokens: Cover

    /// - Parameter isCovering: false in the first generation of a vault of schema "1", whose hashes stand as they are.
    init(master: SymmetricKey, isCovering: Bool) {
        let derivation = KeyDerivation(master)
        id = derivation.id
        records = derivation.key("records")
        messages = derivation.key("messages")
        indexes = Cover(key: isCovering ? derivation.key("index cover") : nil)
        tokens = Cover(key: isCovering ? derivation.key("token cover") : nil)
    }
}
