/// The message that carries a code to a method.
package enum CodeMessage {
    package enum Purpose: Sendable {
        case registration
        case reset(ResetPurpose)
    }

    /// - Parameters:
    ///   - destination: the address or number; anything for a decoy.
    ///   - minutes: how long the code lives.
    package static func make(
        code: String,
        to destination: String,
        kind: MethodKind,
        via: Via?,
        purpose: Purpose,
        minutes: Int,
        isDecoy: Bool
    ) -> OutgoingMessage {
        let isMail = kind.channel == .email
        return OutgoingMessage(
            channel: kind.channel,
            via: via,
            to: destination,
            subject: isMail ? subject(purpose) : nil,
            body: isMail
                ? mail(code, purpose, minutes) : "\(code) is your code to \(action(purpose)). Tell it to nobody.",
            code: code,
            isDecoy: isDecoy
        )
    }

    /// Without the code: subjects show on locked screens.
    private static func subject(_ purpose: Purpose) -> String {
        switch purpose {
        case .registration: "Confirm your email address"
        case .reset(.reset): "Your code to reset your password"
        case .reset(.unlock): "Your code to unlock your account"
        }
    }

    private static func action(_ purpose: Purpose) -> String {
        switch purpose {
        case .registration: "confirm that this is yours"
        case .reset(.reset): "reset your password"
        case .reset(.unlock): "unlock your account"
        }
    }

    private static func mail(_ code: String, _ purpose: Purpose, _ minutes: Int) -> String {
        """
        Your code to \(action(purpose)):

            \(code)

        It is valid for \(minutes) minutes and works once. Tell it to nobody, not even to the helpdesk.
        If you did not ask for it, somebody else may have typed your name: you need not do anything.
        """
    }
}
