package import SelfService

/// One transport for each channel that is configured.
package struct ChannelTransports: MessageTransport {
    let transports: [Channel: any MessageTransport]

    package init(_ transports: [Channel: any MessageTransport]) {
        self.transports = transports
    }

    /// - Throws: what the channel's transport throws; a permanent error where the channel has none.
    package func deliver(_ message: OutgoingMessage, reference: String) async throws(TransportError) {
        guard let transport = transports[message.channel] else {
            throw TransportError(
                isTemporary: false,
                detail: "no transport is configured for \(message.channel.rawValue); add one under `delivery`"
            )
        }
        try await transport.deliver(message, reference: reference)
    }
}
