import GRDB
import Synchronization

/// Gives each decision the keys as they are in its own transaction: also right after one that rotated them, and after
/// one that was rolled back.
final class SecretsSource: Sendable {
    /// As configured: the first one wraps.
    let keys: [VaultKey]
    let path: String
    private let known = Mutex<(tag: String, secrets: VaultSecrets)?>(nil)

    init(keys: [VaultKey], path: String) {
        self.keys = keys
        self.path = path
    }

    func store(_ db: Database) -> KeyringStore { KeyringStore(db: db, keys: keys, path: path) }

    func secrets(_ db: Database) throws -> VaultSecrets {
        let statement = try db.cachedStatement(sql: "SELECT key || ' ' || (SELECT count(*) FROM keyring) FROM vault")
        let tag = try String.fetchOne(statement) ?? ""
        if let known = known.withLock({ $0 }), known.tag == tag { return known.secrets }
        let secrets = try store(db).load()
        known.withLock { $0 = (tag, secrets) }
        return secrets
    }
}
