/// What a message says, whatever the language.
package struct MessageContent: Sendable, Equatable, Codable {
    package var topic: MessageTopic
    /// `mail` for a mail, whose subject goes with it.
    package var form: MessageForm
    /// Minutes that the code lives.
    package var minutes: Int?
    /// The method that the message is about.
    package var method: MethodKind?

    package init(_ topic: MessageTopic, _ form: MessageForm, minutes: Int? = nil, method: MethodKind? = nil) {
        self.topic = topic
        self.form = form
        self.minutes = minutes
        self.method = method
    }
}

extension OutgoingMessage {
    /// The same message in other words. One that was stored without its content stays as it is.
    package func worded(by wording: Wording) -> OutgoingMessage {
        guard let content else { return self }
        var message = self
        if content.form == .mail { message.subject = wording.words(content, .subject, code: code) }
        message.body = wording.words(content, content.form, code: code)
        message.language = wording.language
        return message
    }
}
