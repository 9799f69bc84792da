package import Audit
package import Identity

/// The port to the record of writes to the directory.
package protocol WriteBackStore: Sendable {
    /// Takes the session's right to write and records what is about to be written, in one transaction.
    /// - Parameter followers: what is to be written to linked directories once the person's own was written.
    /// - Returns: nil when the session does not have the right: gates open, spent, or a write under way.
    func beginWrite(
        _ kind: WriteIntent.Kind,
        of person: EntryID,
        in session: Session?,
        before: AccountMarker,
        followers: [LinkedWrite],
        by actor: AuditActor
    ) async throws -> WriteIntent?

    /// Records the outcome and ends the session if the outcome is final. A password that was applied also
    /// ends every other session, challenge and undelivered code of the person. A refusal also ends the intents that
    /// were to follow. The outcome of one of those changes nothing but its own record; where a password is refused
    /// there after it was applied before, the person is told.
    func finishWrite(_ intent: WriteIntent, outcome: WriteOutcome, by actor: AuditActor) async throws

    /// Intents without an outcome, oldest first.
    func unresolvedWrites() async throws -> [WriteIntent]
}

extension WriteBackStore {
    /// A write to the person's own directory alone.
    package func beginWrite(
        _ kind: WriteIntent.Kind,
        of person: EntryID,
        in session: Session?,
        before: AccountMarker,
        by actor: AuditActor
    ) async throws -> WriteIntent? {
        try await beginWrite(kind, of: person, in: session, before: before, followers: [], by: actor)
    }
}
