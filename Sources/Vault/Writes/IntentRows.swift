import Foundation
import GRDB
import Identity
import SelfService

extension VaultTransaction {
    /// How an intent stands.
    enum IntentState: String {
        case pending, unknown, applied, refused

        var isResolved: Bool { self == .applied || self == .refused }
    }

    func insertIntent(
        _ kind: WriteIntent.Kind,
        of person: EntryID,
        link: WriteIntent.Link? = nil,
        sessionID: Int64? = nil,
        before: AccountMarker
    ) throws -> WriteIntent {
        try db.execute(
            cached: """
                INSERT INTO intent (kind, person, session, recorded_at, before, directory, account, leader, state)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'pending')
                """,
            arguments: [
                kind.rawValue, Data(person.bytes), sessionID, now.count, try JSONEncoder().encode(before),
                link?.directory, (link?.account.bytes).map { Data($0) }, link?.leader,
            ]
        )
        return WriteIntent(
            id: db.lastInsertedRowID,
            kind: kind,
            person: person,
            link: link,
            sessionID: sessionID,
            recordedAt: now.date,
            before: before
        )
    }

    func state(ofIntent id: Int64) throws -> IntentState? {
        try String.fetchOne(db, cached: "SELECT state FROM intent WHERE id = ?", arguments: [id])
            .flatMap(IntentState.init(rawValue:))
    }

    func setState(_ state: IntentState, ofIntent id: Int64) throws {
        try db.execute(
            cached: "UPDATE intent SET state = ?, finished_at = ? WHERE id = ?",
            arguments: [state.rawValue, now.count, id]
        )
    }

    func intent(_ id: Int64) throws -> WriteIntent? {
        try Row.fetchOne(db, cached: "SELECT * FROM intent WHERE id = ?", arguments: [id]).map(intent(row:))
    }

    /// Those that were to follow an intent and have no outcome.
    func unresolvedFollowers(of leader: Int64) throws -> [WriteIntent] {
        try unresolvedIntents().filter { $0.link?.leader == leader }
    }

    func unresolvedIntents() throws -> [WriteIntent] {
        try Row.fetchAll(db, cached: "SELECT * FROM intent WHERE state IN ('pending', 'unknown') ORDER BY id")
            .map(intent(row:))
    }

    private func intent(row: Row) throws -> WriteIntent {
        let id: Int64 = row["id"]
        guard
            let kind = WriteIntent.Kind(rawValue: row["kind"]), let bytes = row["person"] as Data?,
            let person = EntryID(bytes: bytes), let marker = row["before"] as Data?,
            let before = try? JSONDecoder().decode(AccountMarker.self, from: marker)
        else { throw VaultError.tampered("intent", "\(id)") }
        return WriteIntent(
            id: id,
            kind: kind,
            person: person,
            link: try link(row: row, id),
            sessionID: row["session"],
            recordedAt: Milliseconds(count: row["recorded_at"]).date,
            before: before
        )
    }

    private func link(row: Row, _ id: Int64) throws -> WriteIntent.Link? {
        guard let directory = row["directory"] as String? else { return nil }
        guard let bytes = row["account"] as Data?, let account = EntryID(bytes: bytes),
            let leader = row["leader"] as Int64?
        else { throw VaultError.tampered("intent", "\(id)") }
        return WriteIntent.Link(directory: directory, account: account, leader: leader)
    }
}
