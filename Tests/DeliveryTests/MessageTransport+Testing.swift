import SelfService

extension MessageTransport {
    /// With a reference of no interest.
    func deliver(_ message: OutgoingMessage) async throws(TransportError) {
        try await deliver(message, reference: "abc")
    }
}
