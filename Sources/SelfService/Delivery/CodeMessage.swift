/// The message that carries a code to a method.
package enum CodeMessage {
    package enum Purpose: Sendable {
        case registration
        case reset(ResetPurpose)

        var topic: MessageTopic {
            switch self {
            case .registration: .registrationCode
            case .reset(.reset): .resetCode
            case .reset(.unlock): .unlockCode
            }
        }
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
            content: MessageContent(purpose.topic, form(exchange, code), minutes: minutes),
            // What is keyed on the phone or typed on the device is on the page: it never travels.
            code: exchange.isTyped ? code : nil,
            numberExtension: numberExtension,
            isDecoy: isDecoy
        )
    }

    private static func form(_ exchange: Exchange, _ code: String) -> MessageForm {
        switch exchange {
        case .mailedCode: .mail
        case .call: code == CallAnswer.key ? .press : .call
        case .decision: .notification
        default: .text
        }
    }
}
