import Foundation
import GRDB

/// Where sealed records and keyed hashes stand: what a rotation of the keys has to go through. Whoever adds a table
/// with a column `sealed` adds it here; a test looks for those that are not.
struct SealedTable: Sendable {
    enum Sealer {
        case records, messages
    }

    /// A column with a keyed hash.
    struct Hash: Sendable {
        var column: String
        var cover: any KeyPath<KeyGeneration, Cover> & Sendable
    }

    var name: String
    var column: RecordContext.Column
    /// The primary key.
    var id: String
    /// The column with the owner, as it is bound into the record; nil for none.
    var owner: String?
    /// The column with the record's own id.
    var record: String
    var hashes: [Hash] = []
    var sealer = Sealer.records
    /// Looked up by its hashes, and short-lived: all of it changes in the transaction in which the new keys begin to
    /// write, so that nobody has to look under two keys.
    var isShortLived = false

    static let all: [SealedTable] = [
        SealedTable(name: "method", column: .method, id: "position", owner: "person", record: "id"),
        SealedTable(
            name: "person_key",
            column: .personKey,
            id: "id",
            record: "id",
            hashes: [Hash(column: "subject", cover: \.indexes)]
        ),
        SealedTable(
            name: "session",
            column: .session,
            id: "id",
            owner: "subject",
            record: "token",
            hashes: [Hash(column: "subject", cover: \.indexes), Hash(column: "token", cover: \.tokens)],
            isShortLived: true
        ),
        SealedTable(
            name: "challenge",
            column: .challenge,
            id: "id",
            owner: "subject",
            record: "id",
            hashes: [
                Hash(column: "subject", cover: \.indexes), Hash(column: "method", cover: \.indexes),
                Hash(column: "code", cover: \.tokens),
            ],
            isShortLived: true
        ),
        SealedTable(
            name: "message",
            column: .message,
            id: "id",
            owner: "subject",
            record: "reference",
            hashes: [Hash(column: "subject", cover: \.indexes)],
            sealer: .messages,
            isShortLived: true
        ),
        SealedTable(
            name: "link",
            column: .link,
            id: "id",
            owner: "subject",
            record: "token",
            hashes: [Hash(column: "subject", cover: \.indexes), Hash(column: "token", cover: \.tokens)],
            isShortLived: true
        ),
        SealedTable(name: "approval", column: .approval, id: "position", record: "id", isShortLived: true),
    ]

    func sealer(_ secrets: VaultSecrets) -> RecordSealer {
        sealer == .records ? secrets.records : secrets.messages
    }

    /// The place of a record, from the values of its columns. A hash that is a record's id stands there in hexadecimal.
    func context(_ values: [String: DatabaseValue]) -> RecordContext {
        let owner = owner.flatMap { values[$0] }.flatMap(Data.fromDatabaseValue)
        return RecordContext(
            column: column,
            owner: owner.map(Array.init) ?? [],
            record: values[record].map(Self.text) ?? ""
        )
    }

    private static func text(_ value: DatabaseValue) -> String {
        switch value.storage {
        case .blob(let data): Hexadecimal.text(Array(data))
        case .int64(let number): "\(number)"
        case .string(let text): text
        default: ""
        }
    }
}
