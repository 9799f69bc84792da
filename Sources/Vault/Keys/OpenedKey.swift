import Crypto
import Foundation
import GRDB

/// One key of the vault's own, unwrapped.
struct OpenedKey: Sendable {
    enum Use: String {
        case root, generation, audit
    }

    var id: String
    var use: Use
    /// Counts up; the generation with the highest one writes.
    var position: Int64
    var isCovering = true
    /// Of an audit key: the first record that it links.
    var first: Int64 = 0
    var material: SymmetricKey

    /// A new key of random bytes.
    init(_ use: Use, position: Int64, first: Int64 = 0) {
        self.init(use, position: position, first: first, isCovering: true, material: SymmetricKey(size: .bits256))
    }

    init(_ use: Use, position: Int64, first: Int64 = 0, isCovering: Bool, material: SymmetricKey) {
        id = KeyDerivation(material).id
        self.use = use
        self.position = position
        self.isCovering = isCovering
        self.first = first
        self.material = material
    }
}

// MARK: On disk

extension OpenedKey {
    /// - Parameter key: the configured key that wrapped this row.
    init(_ row: Row, key: VaultKey, database: [UInt8]) throws {
        let id: String = row["id"]
        guard let use = Use(rawValue: row["use"]), let wrapped = row["wrapped"] as Data? else {
            throw VaultError.tampered("keyring", id)
        }
        self.init(
            use,
            position: row["position"],
            first: row["first"],
            isCovering: row["covering"],
            material: key.material
        )
        self.id = id
        do {
            let box = try AES.GCM.SealedBox(combined: wrapped)
            let associated = associatedData(database, key)
            material = SymmetricKey(data: try AES.GCM.open(box, using: key.wrapping, authenticating: associated))
        } catch {
            throw VaultError.tampered("keyring", id)
        }
    }

    func store(_ db: Database, under key: VaultKey, database: [UInt8]) throws {
        let sealed = try unsafe material.withUnsafeBytes { bytes in
            try AES.GCM.seal(unsafe Data(bytes), using: key.wrapping, authenticating: associatedData(database, key))
        }
        try db.execute(
            sql: """
                INSERT OR REPLACE INTO keyring (id, use, position, covering, first, wrapped_by, wrapped)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [id, use.rawValue, position, isCovering, first, key.id, sealed.combined]
        )
    }

    /// Every column: nobody makes an old generation the one that writes, or moves the seam of the audit.
    private func associatedData(_ database: [UInt8], _ key: VaultKey) -> Data {
        let numbers = "\(position) \(isCovering) \(first)"
        return CanonicalBytes.join(
            [Array("latchkey keyring 1".utf8), database]
                + [id, use.rawValue, numbers, key.id].map { Array($0.utf8) }
        )
    }
}
