import Audit
import Foundation
import Identity

/// A record's bytes as they are stored and linked: the time is in them, so that it is authenticated too.
///
/// Whom an event is about, and its particulars, are sealed under a key of that person's own. Without that key the bytes
/// stay what they are, and so does the chain; nobody can read any more whom they were about. An event about nobody
/// stands in clear, and so does all that schema "1" wrote.
struct AuditPayload: Codable {
    /// An event about somebody.
    struct Personal: Codable {
        var action: AuditAction
        var result: AuditResult
        var actor: AuditActor
        /// The row of ``PersonKey``.
        var person: Int64
        var sealed: Data
    }

    /// What of it is sealed.
    struct Fields: Codable {
        var subject: EntryID
        var details: [String: String]
    }

    var time: Milliseconds
    var event: AuditEvent?
    var personal: Personal?

    /// Keys in order: the same event gives the same bytes.
    var bytes: [UInt8] {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return Array(try encoder.encode(self))
        }
    }

    static func decode(_ bytes: Data) throws -> AuditPayload {
        try JSONDecoder().decode(AuditPayload.self, from: bytes)
    }
}
