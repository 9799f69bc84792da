import Crypto
import Foundation

/// One key for each use, derived by HKDF-SHA256 (RFC 5869): what leaks from one use helps with no other.
/// `SymmetricKey` wipes its bytes when the last copy goes.
struct KeyDerivation {
    let material: SymmetricKey

    private static let salt = Data("latchkey vault 1".utf8)
    private static let idByteCount = 8

    init(_ material: SymmetricKey) { self.material = material }

    func key(_ use: String, byteCount: Int = 32) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: material,
            salt: Self.salt,
            info: Data("latchkey \(use)".utf8),
            outputByteCount: byteCount
        )
    }

    /// Names the material without telling it.
    var id: String {
        unsafe key("key id", byteCount: Self.idByteCount).withUnsafeBytes { unsafe Hexadecimal.text(Array($0)) }
    }
}
