import Crypto
import Foundation
import GRDB
import Identity

/// The key under which the audit's fields about one person are sealed. Deleting it erases them.
struct PersonKey {
    /// What of it is sealed under the vault's key.
    struct Sealed: BrieflyKept {
        var person: EntryID
        var key: Data
    }

    /// Stands in the records. It tells which of them are about the same person, and nothing else.
    let id: Int64
    let key: SymmetricKey

    static let byteCount = 32
    /// Audit records are many: blocks smaller than those of other records.
    static let block = 64

    func sealer(database: [UInt8]) -> RecordSealer {
        RecordSealer(key: key, keyID: "person", database: database, block: Self.block)
    }

    func context(sequence: Int64) -> RecordContext {
        RecordContext(column: .audit, owner: Array("\(id)".utf8), record: "\(sequence)")
    }
}

extension VaultTransaction {
    func personKey(of person: EntryID) throws -> PersonKey? {
        let known = secrets.indexes.map { $0.audited(person).databaseValue }
        let marks = databaseQuestionMarks(count: known.count)
        let statement = try db.cachedStatement(sql: "SELECT * FROM person_key WHERE subject IN (\(marks))")
        return try Row.fetchOne(statement, arguments: StatementArguments(known)).map(personKey(row:))
    }

    func personKey(id: Int64) throws -> PersonKey? {
        let statement = try db.cachedStatement(sql: "SELECT * FROM person_key WHERE id = ?")
        return try Row.fetchOne(statement, arguments: [id]).map(personKey(row:))
    }

    func makePersonKey(of person: EntryID) throws -> PersonKey {
        try db.execute(
            cached: "INSERT INTO person_key (subject, key, sealed) VALUES (?, '', x'')",
            arguments: [secrets.index.audited(person)]
        )
        let key = PersonKey(id: db.lastInsertedRowID, key: SymmetricKey(size: .bits256))
        var bytes = unsafe key.key.withUnsafeBytes { unsafe Data($0) }
        defer { bytes.resetBytes(in: bytes.startIndex..<bytes.endIndex) }
        let sealed = try secrets.records.seal(PersonKey.Sealed(person: person, key: bytes), in: context(ofKey: key.id))
        try db.execute(
            cached: "UPDATE person_key SET key = ?, sealed = ? WHERE id = ?",
            arguments: [secrets.keyID, sealed, key.id]
        )
        return key
    }

    /// Everybody whose key opens.
    func auditedPeople() throws -> Set<EntryID> {
        let rows = try Row.fetchCursor(db, sql: "SELECT * FROM person_key")
        var people: Set<EntryID> = []
        while let row = try rows.next() {
            if let opened = try? opened(row) { people.insert(opened.person) }
        }
        return people
    }

    private func personKey(row: Row) throws -> PersonKey {
        PersonKey(id: row["id"], key: SymmetricKey(data: try opened(row).key))
    }

    private func opened(_ row: Row) throws -> PersonKey.Sealed {
        try secrets.records.open(
            PersonKey.Sealed.self,
            from: row["sealed"],
            keyID: row["key"],
            in: context(ofKey: row["id"])
        )
    }

    private func context(ofKey id: Int64) -> RecordContext {
        RecordContext(column: .personKey, owner: [], record: "\(id)")
    }
}
