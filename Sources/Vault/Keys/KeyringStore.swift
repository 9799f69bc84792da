import Crypto
import Foundation
import GRDB

/// The keys of a vault on disk: makes, opens, wraps anew.
struct KeyringStore {
    let db: Database
    /// As configured: the first one wraps, the others only open.
    let keys: [VaultKey]
    let path: String

    /// What became of the keys when the vault was opened.
    enum Opening {
        case new, asBefore
        /// The configured key is another one: everything is wrapped under it now.
        case wrappedAnew
    }

    /// Makes the keys of a new vault, takes over those of schema "1", or wraps everything under the first key.
    func establish() throws -> Opening {
        guard let writer = keys.first else {
            throw VaultError(.invalidKey, at: "vault.key", detail: "there is no vault key; configure one")
        }
        guard let row = try Row.fetchOne(db, sql: "SELECT database, key FROM vault") else {
            try make(under: writer)
            return .new
        }
        if try Int.fetchOne(db, sql: "SELECT count(*) FROM keyring") == 0 {
            try adopt(try key(row["key"]), database: bytes(row["database"]))
        }
        let wrappers = try Set(String.fetchAll(db, sql: "SELECT wrapped_by FROM keyring"))
        guard wrappers != [writer.id] else {
            // A wrong key of the right id does not exist, but a damaged row does.
            _ = try load()
            return .asBefore
        }
        let database = try database()
        for key in try opened(database) { try key.store(db, under: writer, database: database) }
        return .wrappedAnew
    }

    func load() throws -> VaultSecrets {
        let database = try database()
        let keyring = try Keyring(try opened(database), path: path)
        guard try String.fetchOne(db, sql: "SELECT key FROM vault") == keyring.current.id else {
            throw VaultError.tampered("vault.key", keyring.current.id)
        }
        return VaultSecrets(keyring: keyring, database: database)
    }

    func opened(_ database: [UInt8]) throws -> [OpenedKey] {
        try Row.fetchAll(db, sql: "SELECT * FROM keyring").map { row in
            try OpenedKey(row, key: key(row["wrapped_by"]), database: database)
        }
    }

    func database() throws -> [UInt8] {
        bytes(try Data.fetchOne(db, sql: "SELECT database FROM vault"))
    }

    // MARK: Making

    private func make(under writer: VaultKey) throws {
        let database = RandomBytes.make(RandomBytes.idByteCount)
        let generation = OpenedKey(.generation, position: 1)
        for key in [OpenedKey(.root, position: 1), generation, OpenedKey(.audit, position: 1, first: 1)] {
            try key.store(db, under: writer, database: database)
        }
        try db.execute(sql: "INSERT INTO vault VALUES (1, ?, ?)", arguments: [Data(database), generation.id])
    }

    /// A vault of schema "1" derived everything from the configured key. What was derived becomes its own, so that all
    /// that stands in it goes on as it is.
    private func adopt(_ key: VaultKey, database: [UInt8]) throws {
        let derivation = KeyDerivation(key.material)
        var root = OpenedKey(.root, position: 1, isCovering: true, material: key.material)
        root.id = "root"
        let keys = [
            root, OpenedKey(.generation, position: 1, isCovering: false, material: key.material),
            OpenedKey(.audit, position: 1, first: 1, isCovering: true, material: derivation.key("audit")),
        ]
        for own in keys { try own.store(db, under: key, database: database) }
    }

    private func key(_ id: String) throws -> VaultKey {
        guard let key = keys.first(where: { $0.id == id }) else { throw wrongKey(written: id) }
        return key
    }

    private func wrongKey(written: String) -> VaultError {
        let configured = keys.map(\.id).joined(separator: ", ")
        return VaultError(
            .wrongKey,
            at: path,
            detail: "the configured vault key (id \(configured)) does not open this vault, which was written with key "
                + "id \(written); put that key back, behind the new one where `vault.key` is a list. If it is lost, "
                + "nobody can read the registrations any more: move the file away, and people register anew"
        )
    }

    private func bytes(_ data: Data?) -> [UInt8] { data.map(Array.init) ?? [] }
}
