package import Foundation

/// A registered method.
package struct MethodDocument: Codable, Sendable, Equatable {
    package var id: String
    package var kind: String
    package var label: String
    /// The masked value.
    package var hint: String
    /// The full value: only for its owner, only after a fresh proof.
    package var value: String?
    /// `verified`, `unverified` or `candidate`.
    package var state: String
    package var isDefault: Bool
    package var via: [String]
    package var addedAt: Date
    package var verifiedAt: Date?
    /// From when on it may be used for a reset.
    package var usableFrom: Date?

    package init(
        id: String,
        kind: String,
        label: String,
        hint: String,
        state: String,
        isDefault: Bool,
        via: [String],
        addedAt: Date
    ) {
        self.id = id
        self.kind = kind
        self.label = label
        self.hint = hint
        self.state = state
        self.isDefault = isDefault
        self.via = via
        self.addedAt = addedAt
    }
}

/// The answer to adding a method.
package struct AddedMethodDocument: Codable, Sendable, Equatable {
    package var method: MethodDocument
    /// For a QR code; shown now and never again, as all below.
    package var otpauthURI: String?
    /// The seed in base32 without padding, for typing.
    package var secret: String?
    /// Recovery codes.
    package var codes: [String]?

    package init(method: MethodDocument) { self.method = method }
}

/// The answer to a right code at registration.
package struct VerifiedMethodDocument: Codable, Sendable, Equatable {
    package var method: MethodDocument
    /// Until when this proof counts as fresh.
    package var freshUntil: Date

    package init(method: MethodDocument, freshUntil: Date) {
        self.method = method
        self.freshUntil = freshUntil
    }
}
