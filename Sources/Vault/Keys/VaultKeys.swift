package import Audit
import Crypto
import Foundation
package import SelfService

/// One key for each use, derived from the ``VaultKey`` by HKDF-SHA256 (RFC 5869): what leaks from one use
/// helps with no other. `SymmetricKey` wipes its bytes when the last copy goes.
package struct VaultKeys: Sendable {
    let records: SymmetricKey
    let indexes: SymmetricKey
    let tokens: SymmetricKey
    let messages: SymmetricKey
    private let decoys: SymmetricKey
    private let audit: SymmetricKey

    /// Names the key without telling it: it stands in the database and beside every record.
    package let id: String

    private static let salt = Data("latchkey vault 1".utf8)
    private static let idByteCount = 8

    package init(_ key: VaultKey) {
        records = Self.derive("records", from: key)
        indexes = Self.derive("indexes", from: key)
        tokens = Self.derive("tokens", from: key)
        decoys = Self.derive("decoys", from: key)
        audit = Self.derive("audit", from: key)
        messages = Self.derive("messages", from: key)
        id = unsafe Self.derive("key id", from: key, byteCount: Self.idByteCount).withUnsafeBytes { bytes in
            unsafe Hexadecimal.text(Array(bytes))
        }
    }

    /// Makes up the people who are not there, with the key that is for that alone.
    package var decoyMaker: DecoyMaker { DecoyMaker(key: decoys) }

    /// Links audit records, with the key that is for that alone.
    package var auditChain: AuditChain { AuditChain(key: audit) }

    private static func derive(_ use: String, from key: VaultKey, byteCount: Int = 32) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: key.material,
            salt: salt,
            info: Data("latchkey \(use)".utf8),
            outputByteCount: byteCount
        )
    }
}

extension VaultKeys: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "(vault keys \(id))" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
