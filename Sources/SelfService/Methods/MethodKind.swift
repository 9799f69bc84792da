/// A way of proving who one is. The raw values are part of the API, the configuration and the vault.
///
/// What each kind is stands in a type of its own (`Kinds/`); this only names them.
package enum MethodKind: String, Sendable, Codable, CaseIterable {
    case authenticator
    case appNotification = "app-notification"
    case mobilePhone = "mobile-phone"
    case alternatePhone = "alternate-phone"
    case officePhone = "office-phone"
    case email
    case securityQuestions = "security-questions"
    case recoveryCodes = "recovery-codes"
    case accessPass = "access-pass"

    /// What the kind is.
    package var type: any MethodType.Type {
        switch self {
        case .authenticator: AuthenticatorApp.self
        case .appNotification: AppNotification.self
        case .mobilePhone: MobilePhone.self
        case .alternatePhone: AlternatePhone.self
        case .officePhone: OfficePhone.self
        case .email: EmailMethod.self
        case .securityQuestions: SecurityQuestions.self
        case .recoveryCodes: RecoveryCodes.self
        case .accessPass: AccessPass.self
        }
    }

    /// The ways in which a challenge for this kind can travel; empty where there is only one.
    package var via: [Via] { type.via }

    /// Whether it counts towards `register.strong`: every kind but email and security questions.
    package var isStrong: Bool { type.isStrong }

    /// Whether a person may add it themselves.
    package var isAddedByPerson: Bool { type.isAddedByPerson }

    /// Whether the value is a phone number.
    package var isPhone: Bool { type is any PhoneMethod.Type }

    /// The channels that a challenge needs when it goes these ways; empty when nothing is sent.
    package func channels(via ways: [Via]) -> [Channel] {
        guard !via.isEmpty else { return [type.exchange(via: nil).channel].compactMap(\.self) }
        return ways.compactMap { type.exchange(via: $0).channel }
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
