import DaemonConfiguration
import Vault

/// `latchkeyd --key-id FILE`: proves that a copy of the vault's key can be read back.
struct KeyCopy {
    let file: String

    /// - Throws: ``StartError`` for a file that others can read, and for what is no key.
    func id() throws(StartError) -> String {
        do {
            return try VaultKey(secret: SecretReference.file(file).resolve(environment: [:])).id
        } catch {
            throw .configuration("\(error)")
        }
    }
}
