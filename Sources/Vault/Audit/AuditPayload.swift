import Audit
import Foundation

/// A record's bytes as they are stored and linked: the time is in them, so that it is authenticated too.
struct AuditPayload: Codable {
    var time: Milliseconds
    var event: AuditEvent

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
