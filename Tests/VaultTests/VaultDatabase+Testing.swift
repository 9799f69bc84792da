import GRDB

@testable import Vault

extension VaultDatabase {
    /// What the connection that writes is set to.
    func settings() async throws -> [String: String] {
        try await decide { transaction in
            var settings: [String: String] = [:]
            for name in ["journal_mode", "synchronous", "secure_delete", "foreign_keys"] {
                settings[name] = try String.fetchOne(transaction.db, sql: "PRAGMA \(name)")
            }
            return settings
        }
    }

    /// From here on the file cannot grow: SQLite then says what it says on a full disk.
    func limitPages() async throws {
        try await decide { transaction in
            let pages = try Int.fetchOne(transaction.db, sql: "PRAGMA page_count") ?? 0
            _ = try Int.fetchOne(transaction.db, sql: "PRAGMA max_page_count = \(pages + 2)")
        }
    }
}
