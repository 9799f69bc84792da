/// A way of proving who one is. The raw values are part of the API, the configuration and the vault.
package enum MethodKind: String, Sendable, Codable, CaseIterable {
    case email
    case mobilePhone = "mobile-phone"

    /// The ways in which a challenge for this kind can travel; empty where there is only one.
    package var via: [Via] {
        switch self {
        case .email: []
        case .mobilePhone: [.text]
        }
    }

    /// NIST SP 800-63B: mail proves a mailbox, not a device. It serves recovery but never counts as strong.
    package var isStrong: Bool { self != .email }

    /// The channel that reaches it.
    package var channel: Channel {
        switch self {
        case .email: .email
        case .mobilePhone: .text
        }
    }
}

/// How a phone is reached.
package enum Via: String, Sendable, Codable, CaseIterable {
    case text, call
}

/// The kind of a message, and of the transport that carries it.
package enum Channel: String, Sendable, Codable, CaseIterable {
    case email, text, voice, notification
}
