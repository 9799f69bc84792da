import GRDB
import Identity
import Synchronizer

/// What has to happen before an entry is written under a name that it did not bear before.
struct NameMove {
    private let db: Database
    private let scope: SyncScope
    private let id: EntryID
    private let new: EntryName
    private let name: NameDigest
    private let names: Names

    init(
        _ db: Database,
        names: Names,
        scope: SyncScope,
        id: EntryID,
        to new: EntryName
    ) {
        self.db = db
        self.names = names
        self.scope = scope
        self.id = id
        self.new = new
        name = NameDigest(new.key)
    }

    func prepare(_ stored: StoredEntry?, _ record: inout ChangeRecord) throws {
        guard stored == nil || stored?.name != name else { return }
        if try names.isBorne(name) { try claim(&record) }
        if let stored, let old = stored.name { try noteRename(stored.row, old, &record) }
    }

    /// A name is borne by one living entry: the one that was delivered with it last. The entry that had it
    /// before is on its way elsewhere, and holds nothing through the name meanwhile.
    private func claim(_ record: inout ChangeRecord) throws {
        for table in EntryTable.allCases {
            let statement = try RowStatement(db, table.releaseName)
            statement.bind(id, at: 1)
            statement.bind(name, at: 2)
            try statement.run()
            if db.changesCount > 0, try names.isMember(name) { record.doubt(new) }
        }
    }

    private func noteRename(_ row: Int64, _ old: NameDigest, _ record: inout ChangeRecord) throws {
        try HoldTable(db).releaseName(old)
        guard try names.isMember(old) || names.isMember(name) else { return }
        if let bearer = try EntryTable(scope).identity(row, db)?.name { record.doubt(bearer) }
        record.doubt(new)
    }
}
