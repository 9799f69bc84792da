/// What a person is told at all addresses and numbers that were there before.
package struct Notice: Sendable, Equatable {
    package var topic: MessageTopic
    /// The method that it is about.
    package var method: MethodKind?
    /// The linked directory that it is about.
    package var directory: String?

    package init(_ topic: MessageTopic, method: MethodKind? = nil, directory: String? = nil) {
        self.topic = topic
        self.method = method
        self.directory = directory
    }

    /// - Parameter destination: an address for a mail, a number for a text.
    /// - Parameter link: where a mail says how to answer "this was not me".
    package func message(to destination: String, channel: Channel, link: String? = nil) -> OutgoingMessage {
        var content = MessageContent(topic, channel == .email ? .mail : .text, method: method)
        content.link = link
        content.text = directory
        return OutgoingMessage(
            channel: channel,
            via: channel == .text ? .text : nil,
            to: destination,
            content: content
        )
    }
}

extension Notice {
    static func methodAdded(_ kind: MethodKind) -> Notice { Notice(.methodAdded, method: kind) }
    static func methodRemoved(_ kind: MethodKind) -> Notice { Notice(.methodRemoved, method: kind) }
    static func methodEntered(_ kind: MethodKind) -> Notice { Notice(.methodEntered, method: kind) }
    static let methodsRemoved = Notice(.methodsRemoved)
    static let passIssued = Notice(.passIssued)
    package static let passwordChanged = Notice(.passwordChanged)
    package static let passwordReverted = Notice(.passwordReverted)
    package static func passwordKept(in directory: String) -> Notice { Notice(.passwordKept, directory: directory) }
    package static let accountUnlocked = Notice(.accountUnlocked)
    package static let resetsStopped = Notice(.resetsStopped)
}
