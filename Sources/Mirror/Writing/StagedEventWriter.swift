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

    func write(_ event: StagedEvent, _ staging: inout Staging) throws {
        switch event {
        case .upserts(let entries):
            let writer = try EntryWriter(db, now: now, expectsNew: staging.heldUsers == 0)
            for entry in entries { staging.delivered(entry.scope, try writer.upsert(entry, &staging.record)) }
        case .present(let scope, let ids):
            for id in ids { staging.present(scope, try EntryRemover.find(scope, id, db)) }
        case .removed(let scope, let ids):
            // Marked only: nothing goes before the server has called the whole refresh a success.
            for id in ids { if let row = try EntryRemover.find(scope, id, db) { staging.named(scope, row) } }
        case .cookie(let scope, let cookie):
            try MetaTable.setCookie(scope, cookie, db)
        }
    }
}
