import Crypto
package import SelfService

/// The keys that a vault keeps for life. What is made with them must stay the same when keys are rotated: decoys, and
/// the inner hash of whatever is looked up (``Cover`` rotates what stands on disk).
package struct VaultKeys: Sendable {
    let indexes: SymmetricKey
    let tokens: SymmetricKey
    /// Names erased people in the journal of erasures.
    let erasures: SymmetricKey
    /// Authenticates the manifests of backups.
    let backups: SymmetricKey
    private let decoys: SymmetricKey

    /// - Parameter root: 32 random bytes; in a vault of schema "1" the configured key itself.
    init(root: SymmetricKey) {
        let derivation = KeyDerivation(root)
        indexes = derivation.key("indexes")
        tokens = derivation.key("tokens")
        decoys = derivation.key("decoys")
        backups = derivation.key("backups")
        erasures = derivation.key("erasures")
    }

    /// Makes up the people who are not there, with the key that is for that alone.
    package var decoyMaker: DecoyMaker { DecoyMaker(key: decoys) }
}

extension VaultKeys: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "(vault keys)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
