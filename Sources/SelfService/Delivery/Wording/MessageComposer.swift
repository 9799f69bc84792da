package import Identity

/// Puts a message into the language of the person: the directory's word for it, else what their browser asked for when
/// they asked for the message, else the configured one.
package struct MessageComposer: Sendable {
    private let phrasebook: Phrasebook
    private let language: @Sendable (EntryID) async -> String?

    /// - Parameter language: `preferredLanguage` of the living person of that id, if there is one.
    package init(_ phrasebook: Phrasebook, language: @escaping @Sendable (EntryID) async -> String?) {
        self.phrasebook = phrasebook
        self.language = language
    }

    package func compose(_ queued: QueuedMessage) async -> OutgoingMessage {
        guard queued.message.content != nil else { return queued.message }
        let preference = await language(queued.subject) ?? queued.message.language
        return queued.message.worded(by: phrasebook.wording(for: preference))
    }
}
