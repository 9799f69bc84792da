import Crypto
package import Foundation
package import Identity

/// The key and the address of a registered device.
package struct DeviceSecret: Sendable, Equatable, Codable {
    /// P-256, as a DER SubjectPublicKeyInfo (RFC 5480).
    package var publicKey: Data
    /// Opaque; means something to the configured push gateway only.
    package var pushToken: String

    package init(publicKey: Data, pushToken: String) {
        self.publicKey = publicKey
        self.pushToken = pushToken
    }

    /// Whether the key is one that can verify.
    package var isUsable: Bool { (try? P256.Signing.PublicKey(derRepresentation: publicKey)) != nil }

    /// Whether the device signed this text (ECDSA with SHA-256, the signature in DER).
    package func hasSigned(_ text: String, _ signature: Data) -> Bool {
        guard
            let key = try? P256.Signing.PublicKey(derRepresentation: publicKey),
            let signature = try? P256.Signing.ECDSASignature(derRepresentation: signature)
        else { return false }
        return key.isValidSignature(signature, for: Data(text.utf8))
    }
}

/// What a device signs, line by line. The first line says what it is: a signature for one thing serves no other.
package enum SignedText {
    /// When a device registers: it has the key that it names.
    package static func device(person: EntryID, publicKey: String, pushToken: String) -> String {
        ["latchkey-device-v1", person.description, publicKey, pushToken].joined(separator: "\n")
    }

    /// A decision about one challenge. The number is what the person typed from the page; empty for a denial.
    package static func approval(
        challenge: String,
        person: EntryID,
        purpose: String,
        decision: ApprovalDecision,
        number: String,
        expiresAt: Date
    ) -> String {
        [
            "latchkey-approval-v1", challenge, person.description, purpose, decision.rawValue, number,
            expiresAt.formatted(.iso8601),
        ].joined(separator: "\n")
    }
}

package enum ApprovalDecision: String, Sendable, Codable, CaseIterable {
    case approve, deny
}
