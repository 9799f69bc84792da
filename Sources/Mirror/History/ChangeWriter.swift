import GRDB
import Identity
import Synchronizer

/// Lists what a transaction touched, a row for each entry.
struct ChangeWriter {
    private let db: Database
    private let listing: RowStatement
    /// The number of the next row.
    private var place: Int64

    init(_ db: Database, from place: Int64) throws {
        self.db = db
        self.place = place
        listing = try RowStatement(db, "INSERT INTO change (id, scope, action, uuid) VALUES (?1, ?2, ?3, ?4)")
    }

    /// Removed entries come first: another group may bear a removed row's number by now.
    mutating func write(_ record: ChangeRecord) throws {
        for id in record.removedRoles {
            listing.bind(id, at: 4)
            try run(listing, .roles, .removed)
        }
        try list(record.users.removed, .users, .removed)
        for scope in SyncScope.allCases {
            try list(record[scope].added, scope, .added)
            try list(record[scope].changed, scope, .changed)
        }
    }

    private mutating func list(_ rows: RowSet, _ scope: SyncScope, _ action: LoggedChange.Action) throws {
        let copying = try RowStatement(db, EntryTable(scope).listChange)
        for row in rows.rows {
            copying.bind(row, at: 4)
            try run(copying, scope, action)
        }
    }

    private mutating func run(_ statement: RowStatement, _ scope: SyncScope, _ action: LoggedChange.Action) throws {
        statement.bind(place, at: 1)
        statement.bind(scope.rawValue, at: 2)
        statement.bind(action.rawValue, at: 3)
        try statement.run()
        place += 1
    }
}
