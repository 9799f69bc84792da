import Crypto
import Foundation

/// Keyed hashes of tokens and codes: what is stored proves a secret and tells nothing of it. A six-digit code
/// has no strength of its own against a copied file; the key gives it.
struct SecretHash: Sendable {
    let key: SymmetricKey
    /// Laid over the hash, and rotated.
    let cover: Cover

    /// Of a token: 256 bits.
    static let tokenByteCount = 32

    /// A new token in base64url without padding (RFC 4648, 5).
    static func makeToken() -> String {
        Data(RandomBytes.make(tokenByteCount)).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    func token(_ text: String) -> Data {
        cover.cover(Data(HMAC<SHA256>.authenticationCode(for: input("token", [text]), using: key)))
    }

    /// The challenge's id is part of it: the same digits differ from challenge to challenge.
    func code(_ code: String, challenge id: String) -> Data {
        cover.cover(Data(HMAC<SHA256>.authenticationCode(for: input("code", [id, code]), using: key)))
    }

    /// Compares in constant time.
    func isCode(_ code: String, challenge id: String, hashed: Data) -> Bool {
        let hash = cover.uncover(hashed)
        return HMAC<SHA256>.isValidAuthenticationCode(hash, authenticating: input("code", [id, code]), using: key)
    }

    private func input(_ use: String, _ parts: [String]) -> Data {
        CanonicalBytes.join((["latchkey secret 1", use] + parts).map { Array($0.utf8) })
    }
}
