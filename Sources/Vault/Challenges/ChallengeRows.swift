import Foundation
import GRDB
import SelfService

extension VaultTransaction {
    func insertChallenge(
        _ draft: ChallengeDraft,
        asking questionIDs: [String]?,
        in session: Session
    ) throws -> Challenge {
        let challenge = Challenge(
            id: RandomBytes.identifier(),
            methodID: draft.methodID,
            kind: draft.kind,
            via: draft.via,
            // Nobody could answer it after the session's end.
            expiresAt: min((now + draft.lifetime).date, session.expiresAt),
            state: .pending,
            exchange: draft.exchange,
            questionIDs: questionIDs,
            number: draft.showsNumber ? draft.code : nil
        )
        let subject = secrets.index.subject(session.subject)
        let expiry = Milliseconds(challenge.expiresAt)
        let sealed = SealedChallenge(
            methodID: draft.methodID,
            kind: draft.kind,
            via: draft.via,
            expiresAt: expiry,
            exchange: challenge.exchange,
            questionIDs: questionIDs,
            number: challenge.number
        )
        try db.execute(
            cached: "INSERT INTO challenge VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?, ?)",
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
        guard let stored = try challenge(id), stored.sessionID == sessionID else { return nil }
        return stored
    }

    func challengeCount(ofSession id: Int64) throws -> Int {
        try Int.fetchOne(db, cached: "SELECT count(*) FROM challenge WHERE session = ?", arguments: [id]) ?? 0
    }

    /// Of any session: for answers that come from elsewhere.
    func challenge(_ id: String) throws -> StoredChallenge? {
        guard let row = try Row.fetchOne(db, cached: "SELECT * FROM challenge WHERE id = ?", arguments: [id]) else {
            return nil
        }
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
                state: state,
                exchange: sealed.exchange,
                questionIDs: sealed.questionIDs,
                number: sealed.number
            ),
            sessionID: row["session"],
            code: row["code"],
            attempts: row["attempts"]
        )
    }

    func countAttempt(_ id: String) throws {
        try db.execute(cached: "UPDATE challenge SET attempts = attempts + 1 WHERE id = ?", arguments: [id])
    }

    func set(_ state: Challenge.State, ofChallenge id: String) throws {
        try db.execute(cached: "UPDATE challenge SET state = ? WHERE id = ?", arguments: [state.rawValue, id])
    }

    /// The older challenges of a method, and with them their messages that have not left yet.
    /// - Parameter session: nil: in all of them.
    func expireChallenges(ofMethod id: String, of subject: Subject, inSession session: Int64? = nil) throws {
        let method = secrets.index.method(id, of: subject)
        try db.execute(
            cached: """
                DELETE FROM message WHERE challenge IN
                (SELECT id FROM challenge WHERE method = ? AND state = 'pending' AND session = ifnull(?, session))
                """,
            arguments: [method, session]
        )
        try db.execute(
            cached: """
                UPDATE challenge SET state = 'expired'
                WHERE method = ? AND state = 'pending' AND session = ifnull(?, session)
                """,
            arguments: [method, session]
        )
    }

    private func context(ofChallenge id: String, _ subject: Data) -> RecordContext {
        RecordContext(column: .challenge, owner: Array(subject), record: id)
    }
}
