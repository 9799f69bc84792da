import Synchronizer

/// Rung by whoever wants to know now whether the server still lives. Between two rings the server is asked seldom: what
/// an idle process costs is being woken.
final class ContactBell: Sendable {
    private let rings = Announcements<Void>()

    /// Does nothing while a probe is on its way: its answer serves too.
    func ring() { rings.announce(()) }

    /// Returns at the next ring, at the latest after `interval`.
    func wait(atMost interval: Duration) async throws {
        await rings.listen(limit: 1).wait { try await Task.sleep(for: interval) }
        try Task.checkCancellation()
    }
}
