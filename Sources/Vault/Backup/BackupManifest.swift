import Crypto
import Foundation
import GRDB

/// What a backup says of itself, under a MAC: nobody without the key makes one, or takes a row out of one.
struct BackupManifest: Codable, Equatable {
    var version = 1
    var time: Milliseconds
    /// The id of the configured key that wraps.
    var key: String
    /// Rows by table.
    var counts: [String: Int]
    var auditSequence: Int64
    /// SHA-256 over every value of every table.
    var digest: Data

    /// - Parameter db: the copy, less what does not belong into a backup.
    init(of db: Database, time: Milliseconds, key: String) throws {
        self.time = time
        self.key = key
        counts = try Self.tables(db).reduce(into: [:]) { counts, table in
            counts[table] = try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)")
        }
        auditSequence = try Int64.fetchOne(db, sql: "SELECT max(sequence) FROM audit") ?? 0
        digest = try Self.digest(db)
    }

    func store(_ db: Database, _ keys: VaultKeys) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let bytes = try encoder.encode(self)
        let mac = Data(HMAC<SHA256>.authenticationCode(for: bytes, using: keys.backups))
        try db.execute(sql: "INSERT OR REPLACE INTO backup VALUES (1, ?, ?)", arguments: [bytes, mac])
    }

    /// - Throws: ``VaultError`` when there is none, or the content is not what it says.
    static func checked(_ db: Database, _ keys: VaultKeys, path: String) throws -> BackupManifest {
        guard let row = try Row.fetchOne(db, sql: "SELECT manifest, mac FROM backup"),
            let bytes = row["manifest"] as Data?
        else {
            throw VaultError(
                .notABackup,
                at: path,
                detail: "is no backup that `latchkeyctl vault backup` made; give one that is"
            )
        }
        let mac: Data = row["mac"] ?? Data()
        guard
            HMAC<SHA256>.isValidAuthenticationCode(mac, authenticating: bytes, using: keys.backups),
            let manifest = try? JSONDecoder().decode(BackupManifest.self, from: bytes),
            manifest.digest == (try digest(db))
        else {
            throw VaultError(
                .notABackup,
                at: path,
                detail: "is not what was backed up any more: somebody changed it, or it was damaged; take another one"
            )
        }
        return manifest
    }

    private static func tables(_ db: Database) throws -> [String] {
        try String.fetchAll(
            db,
            sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'backup' ORDER BY name"
        )
    }

    /// Each table's rows differ in their first columns.
    private static func digest(_ db: Database) throws -> Data {
        var hash = SHA256()
        for table in try tables(db) {
            hash.update(data: CanonicalBytes.join([Array("table".utf8), Array(table.utf8)]))
            let order = try db.columns(in: table).count > 1 ? "1, 2" : "1"
            let rows = try Row.fetchCursor(db, sql: "SELECT * FROM \(table) ORDER BY \(order)")
            while let row = try rows.next() {
                hash.update(data: CanonicalBytes.join(row.map { bytes($0.1) }))
            }
        }
        return Data(hash.finalize())
    }

    private static func bytes(_ value: DatabaseValue) -> [UInt8] {
        switch value.storage {
        case .null: [0]
        case .int64(let number): [1] + Array("\(number)".utf8)
        case .double(let number): [2] + Array("\(number)".utf8)
        case .string(let text): [3] + Array(text.utf8)
        case .blob(let data): [4] + Array(data)
        }
    }
}
