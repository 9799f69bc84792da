import GRDB
import Identity
import Synchronizer

/// What has to happen before an entry is written under a name that it did not bear before.
struct NameMove {
    private let db: Database
    private let scope: SyncScope
    private let id: EntryID
    private let new: EntryName
    private let name: (id: Int64, isNew: Bool)
    private let names: NameTable

    init(
        _ db: Database,
        names: NameTable,
        scope: SyncScope,
        id: EntryID,
        to new: EntryName,
        _ name: (id: Int64, isNew: Bool)
    ) {
        self.db = db
        self.names = names
        self.scope = scope
        self.id = id
        self.new = new
        self.name = name
    }

    func prepare(_ stored: StoredEntry?, _ record: inout ChangeRecord) throws {
        guard stored == nil || stored?.name != name.id else { return }
        // Most names that are known before their bearer comes are members of groups, and nobody's.
        if !name.isNew, try names.isBorne(name.id) { try claim(&record) }
        if let stored, let old = stored.name { try noteRename(stored.row, old, &record) }
    }

    /// A name is borne by one living entry: the one that was delivered with it last. The entry that had it
    /// before is on its way elsewhere, and holds nothing through the name meanwhile.
    private func claim(_ record: inout ChangeRecord) throws {
        for table in EntryTable.allCases {
            let statement = try RowStatement(db, table.releaseName)
            statement.bind(id, at: 1)
            statement.bind(name.id, at: 2)
            try statement.run()
            if db.changesCount > 0, try NameTable.isMember(name.id, db) { record.doubt(new) }
        }
    }

    private func noteRename(_ row: Int64, _ old: Int64, _ record: inout ChangeRecord) throws {
        guard try NameTable.isMember(old, db) || NameTable.isMember(name.id, db) else { return }
        if let name = try EntryTable(scope).bearer(row, old, db) { record.doubt(name) }
        record.doubt(new)
    }
}
