import Foundation
import GRDB
import Identity
import SelfService

/// A link as it is sealed.
struct SealedLink: Codable {
    var subject: EntryID
    var isDecoy: Bool
    /// Of reset links.
    var policyName: String?
    var policyVersion: String?
    var methodID: String?
    var passwordStamp: String?
}

/// A link with what only the vault knows of it.
struct StoredLink {
    let id: Int64
    let sealed: SealedLink
}

extension VaultTransaction {
    /// Expired links that go with each new one.
    static var linkPurgeBatch: Int { 50 }

    /// - Parameters:
    ///   - message: the mail with whose hand-over it begins to live; nil: it lives at once.
    /// - Returns: its token, which is stored as a keyed hash.
    func insertLink(
        _ use: LinkRules.Use,
        _ link: SealedLink,
        lifetime: TimeInterval,
        message: Int64? = nil
    ) throws -> (id: Int64, token: String) {
        try db.execute(
            cached: "DELETE FROM link WHERE id IN (SELECT id FROM link WHERE expires_at <= ? LIMIT ?)",
            arguments: [now.count, Self.linkPurgeBatch]
        )
        let token = SecretHash.makeToken()
        let hash = secrets.hash.token(token)
        let subject = secrets.index.subject(link.isDecoy ? .decoy(link.subject) : .person(link.subject))
        let sealed = try secrets.records.seal(link, in: context(ofLink: hash, subject))
        try db.execute(
            cached: """
                INSERT INTO link (token, use, subject, message, state, expires_at, key, sealed)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                hash, use.rawValue, subject, message, use == .reset ? "made" : "live", (now + lifetime).count,
                secrets.keyID, sealed,
            ]
        )
        return (db.lastInsertedRowID, token)
    }

    /// The living link of a token.
    func link(_ use: LinkRules.Use, token: String) throws -> StoredLink? {
        let hash = secrets.hash.token(token)
        let row = try Row.fetchOne(
            db,
            cached: "SELECT * FROM link WHERE token = ? AND use = ? AND state = 'live' AND expires_at > ?",
            arguments: [hash, use.rawValue, now.count]
        )
        guard let row else { return nil }
        let sealed = try secrets.records.open(
            SealedLink.self,
            from: row["sealed"],
            keyID: row["key"],
            in: context(ofLink: hash, row["subject"])
        )
        return StoredLink(id: row["id"], sealed: sealed)
    }

    /// - Returns: whether it was alive.
    func spendLink(_ id: Int64) throws -> Bool {
        try db.execute(cached: "UPDATE link SET state = 'spent' WHERE id = ? AND state = 'live'", arguments: [id])
        return db.changesCount == 1
    }

    /// The mail is about to be handed over: its link lives, and the older ones of the person are dead.
    func enliven(linkOf message: Int64) throws {
        let subject = try Data.fetchOne(
            db,
            cached: "SELECT subject FROM link WHERE message = ? AND state = 'made'",
            arguments: [message]
        )
        guard let subject else { return }
        try db.execute(
            cached: "UPDATE link SET state = 'dead' WHERE subject = ? AND use = 'token' AND state = 'live'",
            arguments: [subject]
        )
        try db.execute(cached: "UPDATE link SET state = 'live' WHERE message = ?", arguments: [message])
    }

    /// Resets that were not begun yet. What answers a notice goes on.
    func endResetLinks(of subject: Data) throws {
        try db.execute(
            cached: "UPDATE link SET state = 'dead' WHERE subject = ? AND use = 'token' AND state IN ('made', 'live')",
            arguments: [subject]
        )
    }

    private func context(ofLink token: Data, _ subject: Data) -> RecordContext {
        RecordContext(column: .link, owner: Array(subject), record: Hexadecimal.text(Array(token)))
    }
}
