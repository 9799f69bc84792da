import Audit
import Foundation
import GRDB
import Identity
import SelfService

/// A message as it is sealed, with whom it is about for the audit.
struct SealedMessage: Codable {
    var subject: EntryID
    var message: OutgoingMessage
}

extension VaultTransaction {
    /// Nobody waits for the message after the challenge's end. A decoy's is marked where only the key can see it.
    func queue(_ message: OutgoingMessage, for subject: Subject, challenge: Challenge) throws {
        try queue(message, for: subject, challenge: challenge.id, until: Milliseconds(challenge.expiresAt))
    }

    /// A message of its own, with no challenge that waits for it.
    func queue(_ message: OutgoingMessage, for subject: Subject) throws {
        try queue(message, for: subject, challenge: "", until: now + Self.noticeLifetime)
    }

    /// The mail of a reset link.
    /// - Returns: the message's number.
    func queue(_ message: OutgoingMessage, for subject: Subject, link deadline: Milliseconds) throws -> Int64 {
        try queue(message, for: subject, challenge: Self.linkMark, until: deadline)
        return db.lastInsertedRowID
    }

    /// Stands in the place of a challenge's id.
    private static var linkMark: String { "link" }

    private func queue(
        _ message: OutgoingMessage,
        for subject: Subject,
        challenge: String,
        until deadline: Milliseconds
    ) throws {
        var message = message
        message.isDecoy = subject.isDecoy
        let reference = RandomBytes.identifier()
        let index = secrets.index.subject(subject)
        let sealed = try secrets.messages.seal(
            SealedMessage(subject: subject.id, message: message),
            in: context(ofMessage: reference, index)
        )
        try db.execute(
            cached: """
                INSERT INTO message (reference, subject, challenge, due_at, deadline, attempts, key, sealed)
                VALUES (?, ?, ?, ?, ?, 0, ?, ?)
                """,
            arguments: [
                reference, index, challenge, now.count, deadline.count, secrets.keyID, sealed,
            ]
        )
    }

    /// A message that does not open is given up: it must not hold up those behind it for ever.
    func dueMessages(limit: Int, besides held: Set<Int64>) throws -> [QueuedMessage] {
        let rows = try Row.fetchAll(
            db,
            cached: """
                SELECT * FROM message WHERE due_at <= ? AND id NOT IN (SELECT value FROM json_each(?))
                ORDER BY due_at, id LIMIT ?
                """,
            arguments: [now.count, "[\(held.map(String.init).joined(separator: ","))]", max(1, limit)]
        )
        return try rows.compactMap { row in
            guard let sealed = try? open(row) else {
                try drop(row["id"])
                return nil
            }
            return QueuedMessage(
                id: row["id"],
                reference: row["reference"],
                subject: sealed.subject,
                message: sealed.message,
                deadline: Milliseconds(count: row["deadline"]).date,
                attempts: row["attempts"]
            )
        }
    }

    func nextDueTime() throws -> Date? {
        try Int64.fetchOne(db, cached: "SELECT min(due_at) FROM message").map { Milliseconds(count: $0).date }
    }

    /// A message that is not there any more was ended by a decision in between.
    func finishMessage(_ id: Int64, delivered: Bool, reason: String?) throws {
        guard let row = try Row.fetchOne(db, cached: "SELECT * FROM message WHERE id = ?", arguments: [id]) else {
            return
        }
        guard let sealed = try? open(row) else { return try drop(id) }
        try deleteMessage(id)
        var event = AuditEvent(
            delivered ? .messageDelivered : .messageDropped,
            delivered ? .done : .failed,
            by: .daemon,
            about: sealed.subject,
            details: ["channel": sealed.message.channel.rawValue, "challenge": row["challenge"]]
        )
        event.details["reason"] = reason.map { String($0.prefix(Self.reasonLimit)) }
        try audit(event)
    }

    /// Characters of a reason that the audit keeps.
    private static var reasonLimit: Int { 200 }

    private func drop(_ id: Int64) throws {
        try deleteMessage(id)
        try audit(
            AuditEvent(
                .messageDropped,
                .failed,
                by: .daemon,
                details: ["message": "\(id)", "reason": VaultError.Code.tampered.description]
            )
        )
    }

    private func deleteMessage(_ id: Int64) throws {
        try db.execute(cached: "DELETE FROM message WHERE id = ?", arguments: [id])
    }

    func open(_ row: Row) throws -> SealedMessage {
        try secrets.messages.open(
            SealedMessage.self,
            from: row["sealed"],
            keyID: row["key"],
            in: context(ofMessage: row["reference"], row["subject"])
        )
    }

    private func context(ofMessage reference: String, _ subject: Data) -> RecordContext {
        RecordContext(column: .message, owner: Array(subject), record: reference)
    }
}
