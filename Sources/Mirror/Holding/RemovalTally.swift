import GRDB
import Synchronizer

/// How much is held and was removed, read once for a transaction and then kept: a burst of removals comes one by
/// one, and must not count the whole quarantine for each. Used on the writer's queue only.
final class RemovalTally {
    private let db: Database
    private let holds: HoldTable
    private let hour: RemovalHour
    private var held: [SyncScope: Int] = [:]
    private var recent: [SyncScope: Int] = [:]
    private var removed: [SyncScope: Int] = [:]

    init(_ db: Database, _ holds: HoldTable, _ hour: RemovalHour) {
        self.db = db
        self.holds = holds
        self.hour = hour
    }

    func load(_ scope: SyncScope, _ record: ChangeRecord) throws -> RemovalGuard.Load {
        let held = try held[scope] ?? holds.count(scope)
        let recent = try recent[scope] ?? hour.entries(scope)
        (self.held[scope], self.recent[scope]) = (held, recent)
        return RemovalGuard.Load(
            // Whoever comes with the same commit does not make up for those who would go.
            living: try MetaTable.living(scope, db) - record[scope].removed.count,
            held: held,
            recent: recent
        )
    }

    func hold(_ scope: SyncScope) { held[scope]? += 1 }

    /// An entry that was held is there after all.
    func dropped(_ scope: SyncScope) { held[scope]? -= 1 }

    func remove(_ count: Int, _ scope: SyncScope) {
        recent[scope]? += count
        removed[scope, default: 0] += count
    }

    /// Writes down what was removed, in one row for the transaction.
    func settle() throws {
        for (scope, count) in removed { try hour.addEntries(count, scope) }
        removed = [:]
    }
}
