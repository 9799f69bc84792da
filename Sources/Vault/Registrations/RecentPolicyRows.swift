import Foundation
import GRDB
import Identity
import SelfService

/// The policies that people were under lately, for the days on which what their roles say is in doubt.
extension VaultTransaction {
    /// The latest first.
    func recentPolicies(of person: EntryID) throws -> [RecentPolicy] {
        try Row.fetchAll(
            db,
            cached: """
                SELECT policy, seen_at FROM recent_policy WHERE person = ? AND seen_at > ?
                ORDER BY seen_at DESC, policy
                """,
            arguments: [Data(person.bytes), (now - RecentPolicy.window).count]
        ).map { RecentPolicy(name: $0["policy"], lastSeen: Milliseconds(count: $0["seen_at"]).date) }
    }

    /// Notes whose session begins under which policy, where that is news. A decoy is under none.
    func noteRecentPolicy(_ draft: SessionDraft) throws {
        guard !draft.subject.isDecoy else { return }
        try db.execute(
            cached: """
                INSERT INTO recent_policy (person, policy, seen_at) VALUES (?1, ?2, ?3)
                ON CONFLICT DO UPDATE SET seen_at = ?3 WHERE seen_at < ?4 OR seen_at > ?3
                """,
            arguments: [
                Data(draft.subject.id.bytes), draft.policyName, now.count, (now - RecentPolicy.refreshAfter).count,
            ]
        )
        // Whoever writes takes away what is too old, whosever it is: nothing else need run for that.
        guard db.changesCount > 0 else { return }
        try db.execute(
            cached: "DELETE FROM recent_policy WHERE seen_at <= ?",
            arguments: [(now - RecentPolicy.window).count]
        )
    }
}
