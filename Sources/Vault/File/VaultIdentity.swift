import Foundation
import GRDB

/// The one row that says which database this is and which key writes it.
enum VaultIdentity {
    /// Checks the key, or takes it on when the vault is new.
    /// - Returns: the database's id, part of every record's associated data.
    static func establish(_ db: Database, keyID: String, path: String) throws -> [UInt8] {
        if let row = try Row.fetchOne(db, sql: "SELECT database, key FROM vault") {
            let database: Data = row["database"]
            let written: String = row["key"]
            guard written == keyID else { throw wrongKey(keyID, written: written, path: path) }
            return Array(database)
        }
        let database = RandomBytes.make(RandomBytes.idByteCount)
        try db.execute(sql: "INSERT INTO vault VALUES (1, ?, ?)", arguments: [Data(database), keyID])
        return database
    }

    private static func wrongKey(_ configured: String, written: String, path: String) -> VaultError {
        VaultError(
            .wrongKey,
            at: path,
            detail: "the configured vault key (id \(configured)) does not open this vault, which was written with key "
                + "id \(written); put that key back. If it is lost, nobody can read the registrations any more: "
                + "move the file away, and people register anew"
        )
    }
}
