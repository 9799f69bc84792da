import Audit
import Foundation
import GRDB
import Identity
import SelfService

extension VaultTransaction {
    /// Expired sessions that go with each new one.
    static var sessionPurgeBatch: Int { 50 }

    /// - Returns: seconds until the front end may start another; nil: it was counted.
    func countStart(_ draft: SessionDraft, _ limits: Limits) throws -> Int? {
        let starts = Counter(
            sort: .sessionStarts,
            key: secrets.index.frontend(draft.frontend),
            window: Self.minute
        )
        let raised = limits.raised(forQuiet: try isQuiet(draft.network))
        if let wait = try wait(starts, .sessionStartsPerMinute, raised) {
            try note(.sessionStartsPerMinute, starts, .refused, by: .frontend(draft.frontend))
            return wait
        }
        try count(starts)
        return nil
    }

    func begin(_ draft: SessionDraft, _ event: AuditEvent) throws -> IssuedSession {
        try purgeSessions()
        let issued = try insertSession(draft)
        try noteRecentPolicy(draft)
        try audit(event)
        return issued
    }

    func insertSession(_ draft: SessionDraft) throws -> IssuedSession {
        let token = SecretHash.makeToken()
        let hash = secrets.hash.token(token)
        let subject = secrets.index.subject(draft.subject)
        var session = Session(
            id: 0,
            subject: draft.subject,
            frontend: draft.frontend,
            policyName: draft.policyName,
            policyVersion: draft.policyVersion,
            expiresAt: (now + draft.lifetime).date,
            kind: draft.kind,
            entry: draft.entry,
            passwordStamp: draft.passwordStamp
        )
        try db.execute(
            cached: "INSERT INTO session (token, subject, expires_at, used_at, key, sealed) VALUES (?, ?, ?, ?, ?, ?)",
            arguments: [
                hash, subject, Milliseconds(session.expiresAt).count, now.count, secrets.keyID,
                try seal(session, idleLimit: draft.idleLimit, token: hash, subject: subject),
            ]
        )
        session.id = db.lastInsertedRowID
        return IssuedSession(token: token, session: session)
    }

    func session(token: String) throws -> StoredSession? {
        try storedSession("token = ?", secrets.hash.token(token))
    }

    /// Dead or alive.
    func session(id: Int64) throws -> StoredSession? { try storedSession("id = ?", id) }

    func livingSession(id: Int64) throws -> StoredSession? {
        guard let stored = try session(id: id), stored.isAlive(at: now) else { return nil }
        return stored
    }

    func save(_ stored: StoredSession) throws {
        let sealed = try seal(
            stored.session,
            idleLimit: stored.idleLimit,
            token: stored.token,
            subject: stored.subjectIndex
        )
        try db.execute(
            cached: "UPDATE session SET key = ?, sealed = ? WHERE id = ?",
            arguments: [secrets.keyID, sealed, stored.session.id]
        )
    }

    func touch(_ stored: StoredSession) throws {
        guard stored.needsTouch(at: now) else { return }
        try db.execute(
            cached: "UPDATE session SET used_at = ? WHERE id = ?",
            arguments: [now.count, stored.session.id]
        )
    }

    func purgeSessions() throws {
        try db.execute(
            cached: "DELETE FROM session WHERE id IN (SELECT id FROM session WHERE expires_at <= ? LIMIT ?)",
            arguments: [now.count, Self.sessionPurgeBatch]
        )
    }

    /// Ends all sessions of a subject but one, all its challenges and passes, and deletes its undelivered messages.
    func endEverything(of subject: Subject, exceptSession id: Int64?) throws {
        let index = secrets.index.subject(subject)
        try db.execute(
            cached: "UPDATE session SET ended_at = ? WHERE subject = ? AND id IS NOT ? AND ended_at IS NULL",
            arguments: [now.count, index, id]
        )
        try db.execute(
            cached: "UPDATE challenge SET state = 'expired' WHERE subject = ? AND state = 'pending'",
            arguments: [index]
        )
        // What tells of something still has to be told.
        try db.execute(cached: "DELETE FROM message WHERE subject = ? AND challenge <> ''", arguments: [index])
        try endResetLinks(of: index)
        if !subject.isDecoy { try deletePasses(of: subject.id) }
    }

    private func storedSession(_ condition: String, _ value: any DatabaseValueConvertible) throws -> StoredSession? {
        let row = try Row.fetchOne(db, cached: "SELECT * FROM session WHERE \(condition)", arguments: [value])
        guard let row else { return nil }
        let token: Data = row["token"]
        let subject: Data = row["subject"]
        let sealed = try secrets.records.open(
            SealedSession.self,
            from: row["sealed"],
            keyID: row["key"],
            in: context(token: token, subject: subject)
        )
        return StoredSession(
            session: sealed.session(id: row["id"]),
            token: token,
            subjectIndex: subject,
            idleLimit: sealed.idleLimit,
            usedAt: Milliseconds(count: row["used_at"]),
            isEnded: (row["ended_at"] as Int64?) != nil
        )
    }

    private func seal(_ session: Session, idleLimit: TimeInterval?, token: Data, subject: Data) throws -> Data {
        try secrets.records.seal(
            SealedSession(session, idleLimit: idleLimit),
            in: context(token: token, subject: subject)
        )
    }

    /// The token's hash is the record's id: nobody can hang their own token on somebody else's session.
    private func context(token: Data, subject: Data) -> RecordContext {
        RecordContext(column: .session, owner: Array(subject), record: Hexadecimal.text(Array(token)))
    }
}
