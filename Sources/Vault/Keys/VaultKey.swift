import Crypto
import Foundation

/// The secret that opens the vault: 32 random bytes, configured as base64. It wraps the vault's own keys
/// (``Keyring``) and nothing else.
package struct VaultKey: Sendable {
    let material: SymmetricKey

    /// Names the key without telling it: it stands in the database beside what the key wraps.
    package let id: String

    /// The number of bytes behind the base64 text.
    package static let byteCount = 32

    /// - Parameter secret: a secret's bytes: base64 of 32 bytes, with at most one trailing newline.
    /// - Throws: ``VaultError`` of code `invalidKey`, which says what is wrong without saying the value.
    package init(secret: some Sequence<UInt8>) throws {
        var text = Data(secret)
        defer { text.resetBytes(in: text.startIndex..<text.endIndex) }
        if text.last == UInt8(ascii: "\n") { text.removeLast() }
        guard !text.isEmpty else { throw Self.invalid("is empty") }
        guard var bytes = Data(base64Encoded: text) else { throw Self.invalid("is not base64") }
        defer { bytes.resetBytes(in: bytes.startIndex..<bytes.endIndex) }
        guard bytes.count == Self.byteCount else {
            throw Self.invalid("has \(bytes.count) bytes behind its base64 instead of \(Self.byteCount)")
        }
        material = SymmetricKey(data: bytes)
        id = KeyDerivation(material).id
    }

    /// What wraps the vault's own keys.
    var wrapping: SymmetricKey { KeyDerivation(material).key("wrapping") }

    private static func invalid(_ what: String) -> VaultError {
        VaultError(
            .invalidKey,
            at: "vault.key",
            detail: "the vault key \(what); make one with `openssl rand -base64 32`, once, and keep it safe"
        )
    }
}

extension VaultKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "(vault key)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
