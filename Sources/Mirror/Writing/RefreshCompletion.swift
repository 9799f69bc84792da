import GRDB
import Identity
import Synchronizer

/// The end of a refresh: which living entries go, by what the server said of each scope.
struct RefreshCompletion {
    private let db: Database
    private let outcome: [SyncScope: RefreshKind]

    init(_ db: Database, _ outcome: [SyncScope: RefreshKind]) {
        self.db = db
        self.outcome = outcome
    }

    func preview(_ staging: Staging) throws -> RefreshDifference {
        let soFar = staging.record.summary(generation: 0)
        var difference = RefreshDifference()
        difference.added = soFar.added
        difference.changed = soFar.changed
        difference.sampleAdded = staging.record.sampleAdded
        difference.sampleChanged = staging.record.sampleChanged
        for scope in SyncScope.allCases {
            let rows = try gone(scope, staging)
            difference.removed += rows.count
            for row in rows.prefix(RefreshDifference.sampleLimit - difference.sampleRemoved.count) {
                if let dn = try EntryTable(scope).identity(row, db)?.dn { difference.sampleRemoved.append(dn) }
            }
            difference.scopes[scope] = tally(scope, staging, removed: rows.count)
        }
        return difference
    }

    func complete(_ staging: inout Staging, _ remover: EntryRemover) throws {
        for scope in SyncScope.allCases {
            for row in try gone(scope, staging) { try remover.remove(scope, row: row, &staging.record) }
        }
    }

    private func gone(_ scope: SyncScope, _ staging: Staging) throws -> [Int64] {
        guard let kind = outcome[scope] else { return [] }
        var rows: [Int64] = []
        try RowStatement(db, EntryTable(scope).living).forEach { statement in
            let row = statement.int64(0)
            if staging.isGone(scope, row, kind) { rows.append(row) }
        }
        return rows
    }

    private func tally(_ scope: SyncScope, _ staging: Staging, removed: Int) -> ScopeTally {
        var tally = ScopeTally()
        tally.held = scope == .users ? staging.heldUsers : staging.heldRoles
        tally.delivered = staging[scope].delivered.count
        tally.removed = removed
        tally.unknownPresent = staging[scope].unknownPresent
        return tally
    }
}
