package import Foundation

/// What a device shows and signs, as ``SignedText`` says. The number to match is not in it: it is on the page.
package struct SigningRequest: Sendable, Equatable, Codable {
    package var challengeID: String
    package var personID: String
    /// `registration`, `reset` or `unlock`.
    package var purpose: String
    package var expiresAt: Date

    package init(challengeID: String, personID: String, purpose: String, expiresAt: Date) {
        self.challengeID = challengeID
        self.personID = personID
        self.purpose = purpose
        self.expiresAt = expiresAt
    }
}

/// One message on its way to a person. It holds a code and a destination: it is stored sealed only.
package struct OutgoingMessage: Sendable, Equatable, Codable {
    package var channel: Channel
    package var via: Via?
    /// The full destination.
    package var to: String
    package var subject: String?
    package var body: String
    package var code: String?
    package var link: String?
    /// Digits to key once the call is answered.
    package var numberExtension: String?
    /// By which a voice gateway says which call was answered.
    package var callID: String?
    /// What a device is asked to sign.
    package var approval: SigningRequest?
    /// A decoy's message: made and stored like any other, never handed over.
    package var isDecoy: Bool
    /// What the words say, for saying it in another language.
    package var content: MessageContent?
    /// The language of the words; before they are found, the ranges that the front end heard of.
    package var language: String?

    package init(
        channel: Channel,
        via: Via? = nil,
        to: String,
        subject: String? = nil,
        body: String,
        code: String? = nil,
        link: String? = nil,
        numberExtension: String? = nil,
        isDecoy: Bool = false
    ) {
        self.channel = channel
        self.via = via
        self.to = to
        self.subject = subject
        self.body = body
        self.code = code
        self.link = link
        self.numberExtension = numberExtension
        self.isDecoy = isDecoy
    }

    /// In English, until it is known who reads it.
    package init(
        channel: Channel,
        via: Via? = nil,
        to: String,
        content: MessageContent,
        code: String? = nil,
        numberExtension: String? = nil,
        isDecoy: Bool = false
    ) {
        self.init(channel: channel, via: via, to: to, body: "", code: code, numberExtension: numberExtension)
        self.isDecoy = isDecoy
        self.content = content
        self = worded(by: .english)
        language = nil
    }
}

extension OutgoingMessage: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "a message by \(channel.rawValue)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["channel": channel.rawValue]) }
}
