import Foundation

/// Where a sealed record belongs. It is the associated data of its encryption, so that a record opens in its
/// own place only: not under another person, id, column, key or database.
struct RecordContext: Hashable {
    /// Table and column.
    enum Column: String {
        case method = "method.sealed"
        case session = "session.sealed"
        case challenge = "challenge.sealed"
        case message = "message.sealed"
        case personKey = "person_key.sealed"
        case audit = "audit.payload"
        case approval = "approval.sealed"
        case link = "link.sealed"
    }

    var column: Column
    /// The person's id, or the keyed index that stands for the subject in this table.
    var owner: [UInt8]
    /// The record's own id.
    var record: String

    /// The first part is the version of this encoding.
    func associatedData(database: [UInt8], keyID: String) -> Data {
        CanonicalBytes.join([
            Array("latchkey record 1".utf8), database, Array(keyID.utf8), Array(column.rawValue.utf8), owner,
            Array(record.utf8),
        ])
    }
}
