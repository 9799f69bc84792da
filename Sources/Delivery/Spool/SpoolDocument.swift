import Foundation
import SelfService

/// What one file of a spool holds. Members that do not apply are absent.
struct SpoolDocument: Encodable {
    var kind: Channel
    var to: String
    var via: Via?
    var subject: String?
    var body: String
    var code: String?
    var link: String?

    init(_ message: OutgoingMessage) {
        kind = message.channel
        to = message.to
        via = message.via
        subject = message.subject
        body = message.body
        code = message.code
        link = message.link
    }

    func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self) + Data("\n".utf8)
    }
}
