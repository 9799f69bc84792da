import Foundation
import GRDB

/// Gives the rows of one table the keys that write now.
struct Resealing {
    let db: Database
    let secrets: VaultSecrets
    let table: SealedTable

    /// What became of some rows.
    struct Outcome: Equatable {
        var resealed = 0
        /// Rows that do not open: somebody changed them, or they were damaged.
        var unreadable = 0
        /// Where to go on; nil at the end of the table.
        var last: DatabaseValue?
    }

    /// - Parameter last: the primary key after which to begin.
    func run(after last: DatabaseValue?, limit: Int) throws -> Outcome {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT * FROM \(table.name) WHERE key <> ? AND (? IS NULL OR \(table.id) > ?)
                ORDER BY \(table.id) LIMIT ?
                """,
            arguments: [secrets.keyID, last, last, limit]
        )
        var outcome = Outcome(last: rows.count < limit ? nil : rows.last?[table.id])
        for row in rows {
            do {
                try reseal(row)
                outcome.resealed += 1
            } catch is VaultError {
                outcome.unreadable += 1
            }
        }
        return outcome
    }

    private func reseal(_ row: Row) throws {
        let key: String = row["key"]
        guard let former = secrets.keyring.generations.first(where: { $0.id == key }) else {
            throw VaultError.tampered("\(table.name).key", key)
        }
        let before = Dictionary(row.map { ($0.0, $0.1) }) { first, _ in first }
        var after = before
        for hash in table.hashes {
            after[hash.column] = Self.moved(before[hash.column], hash, from: former, to: secrets.keyring.current)
        }
        let sealed = try table.sealer(secrets).reseal(
            row["sealed"] ?? Data(),
            keyID: key,
            from: table.context(before),
            to: table.context(after)
        )
        let columns = table.hashes.map(\.column)
        var arguments: StatementArguments = [secrets.keyID, sealed]
        arguments += StatementArguments(columns.map { after[$0] })
        arguments += [row[table.id] as DatabaseValue]
        try db.execute(
            sql: """
                UPDATE \(table.name) SET key = ?, sealed = ?\(columns.map { ", \($0) = ?" }.joined())
                WHERE \(table.id) = ?
                """,
            arguments: arguments
        )
    }

    /// A keyed hash under the new cover.
    static func moved(
        _ value: DatabaseValue?,
        _ hash: SealedTable.Hash,
        from former: KeyGeneration,
        to current: KeyGeneration
    ) -> DatabaseValue? {
        guard let stored = value.flatMap(Data.fromDatabaseValue) else { return value }
        return current[keyPath: hash.cover].cover(former[keyPath: hash.cover].uncover(stored)).databaseValue
    }
}
