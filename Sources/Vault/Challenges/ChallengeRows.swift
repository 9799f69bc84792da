import Foundation
import GRDB
import SelfService

extension VaultTransaction {
    func insertChallenge(_ draft: ChallengeDraft, in session: Session) throws -> Challenge {
        let challenge = Challenge(
            id: RandomBytes.identifier(),
            methodID: draft.methodID,
            kind: draft.kind,
            via: draft.via,
            // Nobody could answer it after the session's end.
            expiresAt: min((now + draft.lifetime).date, session.expiresAt),
            state: .pending
        )
        let subject = secrets.index.subject(session.subject)
        let expiry = Milliseconds(challenge.expiresAt)
        let sealed = SealedChallenge(methodID: draft.methodID, kind: draft.kind, via: draft.via, expiresAt: expiry)
        try db.execute(
            sql: "INSERT INTO challenge VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?, ?)",
            arguments: [
                challenge.id, session.id, subject, secrets.index.method(draft.methodID, of: session.subject),
                secrets.hash.code(draft.code, challenge: challenge.id), Challenge.State.pending.rawValue,
                expiry.count, secrets.keyID,
                try secrets.records.seal(sealed, in: context(ofChallenge: challenge.id, subject)),
            ]
        )
        return challenge
    }

    /// A challenge of this session, as it stands now.
    func challenge(_ id: String, in sessionID: Int64) throws -> StoredChallenge? {
        let row = try Row.fetchOne(
            db,
            sql: "SELECT * FROM challenge WHERE id = ? AND session = ?",
            arguments: [id, sessionID]
        )
        guard let row else { return nil }
        let sealed = try secrets.records.open(
            SealedChallenge.self,
            from: row["sealed"],
            keyID: row["key"],
            in: context(ofChallenge: id, row["subject"])
        )
        guard var state = Challenge.State(rawValue: row["state"]) else {
            throw VaultError.tampered("challenge.state", id)
        }
        if state == .pending, sealed.expiresAt <= now { state = .expired }
        return StoredChallenge(
            challenge: Challenge(
                id: id,
                methodID: sealed.methodID,
                kind: sealed.kind,
                via: sealed.via,
                expiresAt: sealed.expiresAt.date,
                state: state
            ),
            sessionID: sessionID,
            code: row["code"],
            attempts: row["attempts"]
        )
    }

    func countAttempt(_ id: String) throws {
        try db.execute(sql: "UPDATE challenge SET attempts = attempts + 1 WHERE id = ?", arguments: [id])
    }

    func set(_ state: Challenge.State, ofChallenge id: String) throws {
        try db.execute(sql: "UPDATE challenge SET state = ? WHERE id = ?", arguments: [state.rawValue, id])
    }

    /// Also in other sessions, and with them their messages that have not left yet.
    func expireChallenges(ofMethod id: String, of subject: Subject) throws {
        let method = secrets.index.method(id, of: subject)
        try db.execute(
            sql: """
                DELETE FROM message WHERE challenge IN
                (SELECT id FROM challenge WHERE method = ? AND state = 'pending')
                """,
            arguments: [method]
        )
        try db.execute(
            sql: "UPDATE challenge SET state = 'expired' WHERE method = ? AND state = 'pending'",
            arguments: [method]
        )
    }

    private func context(ofChallenge id: String, _ subject: Data) -> RecordContext {
        RecordContext(column: .challenge, owner: Array(subject), record: id)
    }
}
