import Audit
import Foundation
import GRDB
import Identity
package import SelfService

extension VaultTransaction {
    /// Has a write looked at later; nothing where the directory would not show it.
    func watch(_ intent: WriteIntent, after: AccountMarker?) throws {
        guard let after, WriteWatch.canSee(intent.before, after), let wait = WriteWatch.intervals.first else { return }
        // What was written before is replaced.
        try db.execute(cached: "DELETE FROM write_watch WHERE person = ?", arguments: [Data(intent.person.bytes)])
        let encoder = JSONEncoder()
        try db.execute(
            cached: "INSERT INTO write_watch (intent, person, before, after, looks, due_at) VALUES (?, ?, ?, ?, 0, ?)",
            arguments: [
                intent.id, Data(intent.person.bytes), try encoder.encode(intent.before), try encoder.encode(after),
                (now + wait).count,
            ]
        )
    }

    func dueWatches(limit: Int) throws -> [WriteWatch] {
        try Row.fetchAll(
            db,
            cached: "SELECT * FROM write_watch WHERE due_at <= ? ORDER BY due_at, intent LIMIT ?",
            arguments: [now.count, limit]
        ).map(watch(row:))
    }

    func settle(_ watch: WriteWatch, _ finding: WriteWatch.Finding) throws {
        let looks = watch.looks + 1
        if finding == .stands, looks < WriteWatch.intervals.count {
            try db.execute(
                cached: "UPDATE write_watch SET looks = ?, due_at = ? WHERE intent = ?",
                arguments: [looks, (now + WriteWatch.intervals[looks]).count, watch.intentID]
            )
            return
        }
        try db.execute(cached: "DELETE FROM write_watch WHERE intent = ?", arguments: [watch.intentID])
        // Whoever settled it before has told of it.
        guard finding == .reverted, db.changesCount > 0 else { return }
        try audit(
            AuditEvent(
                .passwordReverted,
                .failed,
                by: .daemon,
                about: watch.person,
                details: ["intent": "\(watch.intentID)"]
            )
        )
        try tell(.passwordReverted, watch.person, evenIfIncomplete: true)
    }

    private func watch(row: Row) throws -> WriteWatch {
        let id: Int64 = row["intent"]
        let decoder = JSONDecoder()
        guard let bytes = row["person"] as Data?, let person = EntryID(bytes: bytes),
            let before = try? decoder.decode(AccountMarker.self, from: row["before"]),
            let after = try? decoder.decode(AccountMarker.self, from: row["after"])
        else { throw VaultError.tampered("write_watch", "\(id)") }
        return WriteWatch(intentID: id, person: person, before: before, after: after, looks: row["looks"])
    }
}

extension VaultDatabase: WriteWatchStore {
    package func dueWatches(limit: Int) async throws -> [WriteWatch] {
        try await decide { try $0.dueWatches(limit: limit) }
    }

    package func settle(_ watch: WriteWatch, _ finding: WriteWatch.Finding) async throws {
        try await decide { try $0.settle(watch, finding) }
    }
}

extension VaultSchema {
    /// Written passwords that are looked at again: replication may put the former one back.
    static let watches = """
        CREATE TABLE write_watch (
            intent INTEGER PRIMARY KEY,
            person BLOB NOT NULL UNIQUE,
            before BLOB NOT NULL,
            after BLOB NOT NULL,
            looks INTEGER NOT NULL,
            due_at INTEGER NOT NULL
        );
        CREATE INDEX write_watch_due ON write_watch(due_at);
        """
}
