/// What a message says, whatever the language.
package struct MessageContent: Sendable, Equatable, Codable {
    package var topic: MessageTopic
    /// `mail` for a mail, whose subject goes with it.
    package var form: MessageForm
    /// Minutes that the code lives.
    package var minutes: Int?
    /// The method that the message is about.
    package var method: MethodKind?
    /// The whole URL: of a reset, or of the answer "this was not me" to a notice.
    package var link: String?
    /// Seconds that the link lives.
    package var lifetime: Double?
    /// Words of the configuration: of a policy, or the name of a directory.
    package var text: String?

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
        if content.form == .mail, content.link != nil, content.topic != .resetLink {
            var answer = content
            answer.topic = .notMe
            message.body += "\n\n" + wording.words(answer, .mail, code: nil)
        }
        message.language = wording.language
        return message
    }
}
