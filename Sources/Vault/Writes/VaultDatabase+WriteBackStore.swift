package import Audit
package import Identity
package import SelfService

extension VaultDatabase: WriteBackStore {
    package func beginWrite(
        _ kind: WriteIntent.Kind,
        of person: EntryID,
        in session: Session?,
        before: AccountMarker,
        followers: [LinkedWrite],
        by actor: AuditActor
    ) async throws -> WriteIntent? {
        try await decide { transaction in
            var intent = try transaction.begin(kind, of: person, sessionID: session?.id, before: before, by: actor)
            if let leader = intent { intent?.followers = try transaction.begin(followers, after: leader, by: actor) }
            return intent
        }
    }

    package func finishWrite(_ intent: WriteIntent, outcome: WriteOutcome, by actor: AuditActor) async throws {
        try await decide { try $0.finish(intent.id, outcome: outcome, by: actor) }
    }

    /// Those without an outcome, and those whose outcome is still unknown.
    package func unresolvedWrites() async throws -> [WriteIntent] {
        try await decide { try $0.unresolvedIntents() }
    }
}
