import GRDB
import Identity
import Synchronizer

/// The end of a refresh: which living entries go, by what the server said of each scope.
struct RefreshCompletion {
    private let db: Database
    private let outcome: [SyncScope: RefreshKind]
    private let gate: RemovalGate

    init(_ db: Database, _ outcome: [SyncScope: RefreshKind], _ gate: RemovalGate) {
        self.db = db
        self.outcome = outcome
        self.gate = gate
    }

    /// Completes a copy, and takes it back.
    func preview(_ staging: Staging) throws -> RefreshDifference {
        var copy = staging
        var removed: [SyncScope: [Int64]] = [:]
        try db.inSavepoint {
            removed = try complete(&copy)
            return .rollback
        }
        return try difference(staging, copy.record, removed)
    }

    /// - Returns: the rows that are gone; what was held instead is in the record.
    @discardableResult
    func complete(_ staging: inout Staging) throws -> [SyncScope: [Int64]] {
        try dropHolds(staging)
        var removed: [SyncScope: [Int64]] = [:]
        for scope in SyncScope.allCases {
            removed[scope] = try gate.remove(scope, gone(scope, staging), &staging.record)
        }
        try gate.settleMemberships(&staging.record)
        try LoginTable(db).forgetUnnamed()
        return removed
    }

    /// Who was delivered or named present is there.
    private func dropHolds(_ staging: Staging) throws {
        let holds = HoldTable(db)
        guard try !holds.isEmpty else { return }
        for scope in SyncScope.allCases {
            for row in try holds.entries(scope).rows where staging[scope].seen.contains(row) {
                try holds.drop(scope, row)
            }
        }
    }

    private func difference(
        _ staging: Staging,
        _ record: ChangeRecord,
        _ removed: [SyncScope: [Int64]]
    ) throws -> RefreshDifference {
        var difference = RefreshDifference()
        difference.added = record.users.added.count + record.roles.added.count
        difference.changed = record.users.changed.count + record.roles.changed.count
        difference.newlyHeld = record.newlyHeld
        difference.sampleAdded = record.sampleAdded
        difference.sampleChanged = record.sampleChanged
        for scope in SyncScope.allCases {
            let rows = removed[scope] ?? []
            difference.removed += rows.count
            for row in rows.prefix(RefreshDifference.sampleLimit - difference.sampleRemoved.count) {
                if let dn = try EntryTable(scope).identity(row, db)?.dn { difference.sampleRemoved.append(dn) }
            }
            difference.scopes[scope] = tally(scope, staging, removed: rows.count)
        }
        return difference
    }

    private func gone(_ scope: SyncScope, _ staging: Staging) throws -> [Int64] {
        guard let kind = outcome[scope] else { return [] }
        // A restart that goes on from its cookie costs what changed: nobody else is looked at.
        if case .deletePhase = kind { return staging[scope].named.rows }
        var rows: [Int64] = []
        try RowStatement(db, EntryTable(scope).living).forEach { statement in
            let row = statement.int64(0)
            if !staging[scope].seen.contains(row) { rows.append(row) }
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
