import Foundation
import SelfService

/// A message as JSON: what a gateway is sent, a command reads and a spool keeps. Members that do not apply are
/// absent. A promise to those who wrote the other side: members are added, never changed.
struct MessageDocument: Encodable {
    var kind: Channel
    var to: String
    var via: Via?
    var subject: String?
    var body: String
    var code: String?
    var link: String?
    var `extension`: String?
    var callId: String?
    var approval: Approval?
    /// Of the words, as a language tag: whoever reads them aloud needs it.
    var language: String?
    /// The same for each attempt at one message, another for any other.
    var idempotencyKey: String?

    struct Approval: Encodable {
        var challengeId: String
        var personId: String
        var purpose: String
        var expiresAt: Date
    }

    init(_ message: OutgoingMessage, idempotencyKey: String? = nil) {
        self.idempotencyKey = idempotencyKey
        language = message.content == nil ? nil : message.language
        kind = message.channel
        to = message.to
        via = message.via
        subject = message.subject
        body = message.body
        code = message.code
        link = message.link
        self.extension = message.numberExtension
        callId = message.callID
        approval = message.approval.map {
            Approval(challengeId: $0.challengeID, personId: $0.personID, purpose: $0.purpose, expiresAt: $0.expiresAt)
        }
    }

    func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self) + Data("\n".utf8)
    }
}
