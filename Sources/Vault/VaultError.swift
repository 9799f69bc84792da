/// Why the vault cannot be opened, read or written.
package struct VaultError: Error, Sendable, Equatable, CustomStringConvertible {
    package struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Value: String {
            case invalidKey = "invalid-key"
            case wrongKey = "wrong-key"
            case notOurs = "not-ours"
            case newerSchema = "newer-schema"
            case damaged
            case tampered
            case notABackup = "not-a-backup"
            case otherVault = "other-vault"
            case inaccessible
            case unavailable
        }

        private let value: Value

        /// The secret is not base64 of 32 bytes.
        package static let invalidKey = Code(value: .invalidKey)
        /// The key is one, but not the one that this vault was written with.
        package static let wrongKey = Code(value: .wrongKey)
        /// The file is a database of another program.
        package static let notOurs = Code(value: .notOurs)
        /// A later version of Latchkey wrote the file.
        package static let newerSchema = Code(value: .newerSchema)
        /// The file is not a readable database any more.
        package static let damaged = Code(value: .damaged)
        /// A record does not authenticate: somebody wrote to the file without the key.
        package static let tampered = Code(value: .tampered)
        /// The file is a vault, but none that `vault backup` made, or not whole any more.
        package static let notABackup = Code(value: .notABackup)
        /// The backup is of another vault than the one that is there.
        package static let otherVault = Code(value: .otherVault)
        /// The file system refuses.
        package static let inaccessible = Code(value: .inaccessible)
        /// A full disk, a failing one, or a lock that another process holds. Nothing was changed.
        package static let unavailable = Code(value: .unavailable)

        package var description: String { value.rawValue }
    }

    package var code: Code
    /// The file, the secret, or the table and record. Never a private value.
    package var place: String
    /// One sentence: what happened and what to do.
    package var detail: String

    package init(_ code: Code, at place: String, detail: String) {
        self.code = code
        self.place = place
        self.detail = detail
    }

    package var description: String { "\(place): \(detail)" }
}

extension VaultError {
    static func tampered(_ column: String, _ record: String) -> VaultError {
        VaultError(
            .tampered,
            at: "\(column) of \(record)",
            detail: "the record was changed or moved without the vault's key; restore it from a backup"
        )
    }
}
