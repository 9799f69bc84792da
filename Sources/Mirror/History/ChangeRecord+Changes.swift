import GRDB
import Identity
import Synchronizer

extension ChangeRecord {
    /// Every entry that the transaction touched. Removed ones come first: another group may bear a removed row's
    /// number by now.
    func changes(_ db: Database) throws -> [LoggedChange] {
        var changes = removedRoles.map { LoggedChange(scope: .roles, action: .removed, id: $0, name: nil) }
        changes += try list(users.removed, .users, .removed, db)
        for scope in SyncScope.allCases {
            changes += try list(self[scope].added, scope, .added, db)
            changes += try list(self[scope].changed, scope, .changed, db)
        }
        return changes
    }

    private func list(
        _ rows: RowSet,
        _ scope: SyncScope,
        _ action: LoggedChange.Action,
        _ db: Database
    ) throws -> [LoggedChange] {
        let table = EntryTable(scope)
        return try rows.rows.compactMap { row in
            guard let entry = try table.identity(row, db) else { return nil }
            return LoggedChange(scope: scope, action: action, id: entry.id, name: nil)
        }
    }
}
