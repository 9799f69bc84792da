/// The port to the outside: carries one message of one channel.
package protocol MessageTransport: Sendable {
    /// Returns once the other side has taken responsibility for the message.
    /// - Parameter reference: the same at each attempt of one message, so that the other side can tell a repetition
    ///   from another message. Letters, digits, `-` and `_`.
    /// - Throws: ``TransportError``.
    func deliver(_ message: OutgoingMessage, reference: String) async throws(TransportError)
}

/// Why a message was not taken.
package struct TransportError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Whether trying again can help.
    package var isTemporary: Bool
    /// One sentence without the destination, the code or a password.
    package var detail: String
    /// Seconds that the other side asks to wait.
    package var retryAfter: Double?

    package init(isTemporary: Bool, detail: String, retryAfter: Double? = nil) {
        self.retryAfter = retryAfter
        self.isTemporary = isTemporary
        self.detail = detail
    }

    package var description: String { detail }
}
