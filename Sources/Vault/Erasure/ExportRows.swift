import Foundation
import GRDB
import Identity
import SelfService

extension VaultTransaction {
    /// Everything but the audit.
    func export(_ person: EntryID) throws -> PersonExport {
        let row = try Row.fetchOne(
            db,
            sql: "SELECT disabled_at, frozen_at FROM registration WHERE person = ?",
            arguments: [Data(person.bytes)]
        )
        var export = PersonExport(
            registration: try registration(of: person),
            disabledAt: (row?["disabled_at"] as Int64?).map { Milliseconds(count: $0).date },
            sessions: try exportedSessions(of: person),
            messages: try exportedMessages(of: person),
            writes: try exportedWrites(of: person),
            counters: try exportedCounters(of: person),
            audit: []
        )
        export.frozenAt = (row?["frozen_at"] as Int64?).map { Milliseconds(count: $0).date }
        export.recentPolicies = try exportedPolicies(of: person)
        return export
    }

    private func exportedPolicies(of person: EntryID) throws -> [String: Date] {
        let rows = try Row.fetchAll(
            db,
            sql: "SELECT policy, seen_at FROM recent_policy WHERE person = ?",
            arguments: [Data(person.bytes)]
        )
        return Dictionary(rows.map { ($0["policy"], Milliseconds(count: $0["seen_at"]).date) }) { first, _ in first }
    }

    private func exportedSessions(of person: EntryID) throws -> [PersonExport.SessionData] {
        let ids = try Int64.fetchAll(
            db,
            sql: "SELECT id FROM session WHERE subject = ? ORDER BY id",
            arguments: [secrets.index.subject(.person(person))]
        )
        return try ids.compactMap(session(id:)).map { stored in
            PersonExport.SessionData(
                startedFor: stored.session.progress?.purpose.rawValue ?? "sign-in",
                frontend: stored.session.frontend,
                policy: stored.session.policyName,
                expiresAt: stored.session.expiresAt,
                isEnded: !stored.isAlive(at: now)
            )
        }
    }

    private func exportedMessages(of person: EntryID) throws -> [PersonExport.MessageData] {
        let subject = secrets.index.subject(.person(person))
        return try Row.fetchAll(db, sql: "SELECT * FROM message WHERE subject = ? ORDER BY id", arguments: [subject])
            .map { row in
                let sealed = try secrets.messages.open(
                    SealedMessage.self,
                    from: row["sealed"],
                    keyID: row["key"],
                    in: RecordContext(column: .message, owner: Array(subject), record: row["reference"])
                )
                return PersonExport.MessageData(
                    channel: sealed.message.channel.rawValue,
                    to: sealed.message.to,
                    deadline: Milliseconds(count: row["deadline"]).date
                )
            }
    }

    private func exportedWrites(of person: EntryID) throws -> [PersonExport.WriteData] {
        try Row.fetchAll(
            db,
            sql: "SELECT * FROM intent WHERE person = ? ORDER BY id",
            arguments: [Data(person.bytes)]
        ).map { row in
            PersonExport.WriteData(
                kind: row["kind"],
                state: row["state"],
                recordedAt: Milliseconds(count: row["recorded_at"]).date
            )
        }
    }

    private func exportedCounters(of person: EntryID) throws -> [String: Int] {
        var keys = [secrets.index.subject(.person(person))]
        for method in try methods(of: person) {
            keys.append(secrets.index.method(method.id, of: .person(person)))
            keys.append(secrets.index.destination(method.value, kind: method.kind))
        }
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT what, count(*) AS n FROM counted WHERE key IN (\(databaseQuestionMarks(count: keys.count)))
                GROUP BY what
                """,
            arguments: StatementArguments(keys)
        )
        return Dictionary(rows.map { ($0["what"], $0["n"]) }) { first, _ in first }
    }
}
