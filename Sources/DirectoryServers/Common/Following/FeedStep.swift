import LDAPClient

/// What one of the concurrent readers of a feed came back with.
enum FeedStep<Reader: Sendable>: Sendable {
    case batch([SyncMessage], SyncBatches.Iterator, Reader)
    case ended
    case contact

    /// Between two probes, unless the bell is rung. Longer where everything has been read: waking the process costs more
    /// than the question, and whoever wants to know rings.
    static func probeInterval(isRefreshing: Bool) -> Duration { .seconds(isRefreshing ? 1 : 10) }
    /// A server that does not answer a probe for so long is taken for dead.
    static var probeDeadline: Duration { .seconds(10) }

    static func next(of batches: SyncBatches.Iterator, _ reader: Reader) async throws -> FeedStep {
        var batches = batches
        guard let messages = try await batches.next() else { return .ended }
        return .batch(messages, batches, reader)
    }

    static func probe(
        _ connection: LDAPConnection,
        isRefreshing: Bool,
        _ bell: ContactBell
    ) async throws -> FeedStep {
        try await bell.wait(atMost: probeInterval(isRefreshing: isRefreshing))
        _ = try await connection.entry(.root, attributes: ["1.1"], deadline: probeDeadline)
        return .contact
    }
}
