import GRDB
import Synchronizer

/// Writes what a refresh delivers into the staging transaction.
struct StagedEventWriter {
    private let db: Database

    /// Seconds since 1970.
    private let now: Double

    init(_ db: Database, now: Double) {
        self.db = db
        self.now = now
    }

    func write(_ event: PreparedEvent, _ staging: inout Staging) throws {
        switch event {
        case .upserts(let entries):
            let writer = try EntryWriter(db, now: now, expectsNew: staging.expectsNew)
            var record = ChangeRecord()
            swap(&record, &staging.record)
            defer { swap(&record, &staging.record) }
            for part in entries {
                try writer.upsert(part, &record) { staging.delivered($0, $1) }
                try staging.indexes.note(part.scope, rows: part.rowCount, db)
            }
        case .present(let scope, let ids):
            for id in ids { staging.present(scope, try EntryRemover.find(scope, id, db)) }
        case .removed(let scope, let ids):
            // Marked only: nothing goes before the server has called the whole refresh a success.
            for id in ids { if let row = try EntryRemover.find(scope, id, db) { staging.named(scope, row) } }
        case .cookie(let scope, let cookie):
            try MetaTable.setCookie(scope, cookie, db)
            // Most of the scope is there; whoever comes after that is put into them one by one.
            if scope == .users { try staging.indexes.make(scope, db) }
        }
    }
}
