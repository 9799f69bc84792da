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
        exchange: Exchange,
        via: Via?,
        numberExtension: String? = nil,
        purpose: Purpose,
        minutes: Int,
        isDecoy: Bool
    ) -> OutgoingMessage? {
        guard let channel = exchange.channel else { return nil }
        return OutgoingMessage(
            channel: channel,
            via: via,
            to: destination,
            subject: exchange == .mailedCode ? subject(purpose) : nil,
            body: body(exchange, code, purpose, minutes),
            // What is keyed on the phone or typed on the device is on the page: it never travels.
            code: exchange.isTyped ? code : nil,
            numberExtension: numberExtension,
            isDecoy: isDecoy
        )
    }

    private static func body(_ exchange: Exchange, _ code: String, _ purpose: Purpose, _ minutes: Int) -> String {
        switch exchange {
        case .mailedCode: mail(code, purpose, minutes)
        case .call:
            code == CallAnswer.key
                ? "To \(action(purpose)), press the hash key."
                : "To \(action(purpose)), key the number that the page shows you."
        case .decision: "Somebody asks to \(action(purpose)). Is it you?"
        default: "\(code) is your code to \(action(purpose)). Tell it to nobody."
        }
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
