package import SelfService

/// A transport that can say without a message whether it would take one.
protocol ExaminableTransport: MessageTransport {
    /// - Throws: why it would not.
    func examine() async throws(TransportError)
}

extension ChannelTransports {
    /// Tries each without a message, all at once.
    /// - Returns: for each channel why nothing could be sent; nil where nothing stands in the way.
    package func obstacles() async -> [(channel: Channel, obstacle: TransportError?)] {
        await withTaskGroup(of: (Channel, TransportError?).self) { group in
            for (channel, transport) in transports {
                group.addTask { (channel, await Self.obstacle(to: transport)) }
            }
            var found: [(channel: Channel, obstacle: TransportError?)] = []
            for await (channel, obstacle) in group { found.append((channel, obstacle)) }
            return found.sorted { $0.channel.rawValue < $1.channel.rawValue }
        }
    }

    private static func obstacle(to transport: any MessageTransport) async -> TransportError? {
        do throws(TransportError) {
            try await (transport as? any ExaminableTransport)?.examine()
            return nil
        } catch {
            return error
        }
    }
}
