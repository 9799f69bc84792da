import Foundation
import GRDB

/// Whether the configured keys open a vault, found out without changing it and beside a running daemon.
package struct VaultKeyTrial: Sendable {
    private let path: String
    private let keys: [VaultKey]

    package init(path: String, keys: [VaultKey]) {
        self.path = path
        self.keys = keys
    }

    /// - Returns: false where there is no vault yet.
    /// - Throws: ``VaultError`` that says which key is missing, or what is wrong with the file.
    package func run() throws -> Bool {
        guard FileManager.default.fileExists(atPath: path) else { return false }
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(VaultFile.busyTimeout)
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            defer { try? queue.close() }
            return try queue.read { db in
                guard try db.tableExists("vault"), try Row.fetchOne(db, sql: "SELECT * FROM vault") != nil else {
                    return false
                }
                _ = try KeyringStore(db: db, keys: keys, path: path).load()
                return true
            }
        } catch let error as DatabaseError {
            throw VaultFailure.explain(error, path: path)
        }
    }
}
