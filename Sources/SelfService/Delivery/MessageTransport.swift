/// The port to the outside: carries one message of one channel.
package protocol MessageTransport: Sendable {
    /// Returns once the other side has taken responsibility for the message.
    /// - Throws: ``TransportError``.
    func deliver(_ message: OutgoingMessage) async throws(TransportError)
}

/// Why a message was not taken.
package struct TransportError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Whether trying again can help.
    package var isTemporary: Bool
    /// One sentence without the destination, the code or a password.
    package var detail: String

    package init(isTemporary: Bool, detail: String) {
        self.isTemporary = isTemporary
        self.detail = detail
    }

    package var description: String { detail }
}
