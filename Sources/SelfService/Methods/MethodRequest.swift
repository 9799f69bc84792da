package import Identity

/// What a request says of a method to add. Which members belong to a kind, its type says.
package struct MethodRequest: Sendable {
    package var kind: MethodKind
    package var label: String?
    package var address: String?
    package var number: String?
    package var numberExtension: String?
    /// Of a device: its P-256 key as base64 of a SubjectPublicKeyInfo (RFC 5480).
    package var publicKey: String?
    /// What the push gateway knows the device by.
    package var pushToken: String?
    /// The device's signature, base64 of DER.
    package var proof: String?

    package init(kind: MethodKind, label: String? = nil) {
        self.kind = kind
        self.label = label
    }
}

/// What kinds need when they make a method.
package struct EnrolmentTools: Sendable {
    /// Whose method it is going to be.
    package var person: EntryID
    package var login: String
    /// Names the account's home in an authenticator app.
    package var issuer: String
    package var hashing: any SecretHashing
}

/// A method about to be stored.
package struct Enrolment: Sendable {
    /// The address, or the number; empty for kinds without.
    package var value: String
    package var secret: MethodSecret?
    /// What is told now and never again.
    package var shown: ShownOnce?
    /// Whether there is nothing more to prove.
    package var isProven: Bool

    package init(
        value: String = "",
        secret: MethodSecret? = nil,
        shown: ShownOnce? = nil,
        isProven: Bool = false
    ) {
        self.value = value
        self.secret = secret
        self.shown = shown
        self.isProven = isProven
    }
}

/// What the person is shown once, while a method is added.
package struct ShownOnce: Sendable, Equatable {
    /// For a QR code.
    package var otpauthURI: String?
    /// The seed in base32, for typing.
    package var secret: String?
    /// Recovery codes.
    package var codes: [String]?

    package init(otpauthURI: String? = nil, secret: String? = nil, codes: [String]? = nil) {
        self.otpauthURI = otpauthURI
        self.secret = secret
        self.codes = codes
    }
}

extension ShownOnce: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "(shown once)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
