package import Foundation

/// A question put to a person: here, a code sent to a method of theirs.
package struct Challenge: Sendable, Equatable {
    package enum State: String, Sendable, Codable {
        case pending, passed, failed, expired
    }

    /// Opaque.
    package var id: String
    package var methodID: String
    package var kind: MethodKind
    package var via: Via?
    package var expiresAt: Date
    package var state: State

    package init(id: String, methodID: String, kind: MethodKind, via: Via?, expiresAt: Date, state: State) {
        self.id = id
        self.methodID = methodID
        self.kind = kind
        self.via = via
        self.expiresAt = expiresAt
        self.state = state
    }
}

/// A challenge to be opened. The vault stores the code as a keyed hash and the message sealed.
package struct ChallengeDraft: Sendable {
    package var session: Session
    package var methodID: String
    package var kind: MethodKind
    package var via: Via?
    /// The digits, from a CSPRNG.
    package var code: String
    package var lifetime: TimeInterval
    /// What is sent. For a decoy it is made and stored all the same, and then dropped.
    package var message: OutgoingMessage

    package init(
        session: Session,
        methodID: String,
        kind: MethodKind,
        via: Via?,
        code: String,
        lifetime: TimeInterval,
        message: OutgoingMessage
    ) {
        self.session = session
        self.methodID = methodID
        self.kind = kind
        self.via = via
        self.code = code
        self.lifetime = lifetime
        self.message = message
    }
}

package enum ChallengeOpening: Sendable, Equatable {
    case opened(Challenge)
    /// Too many messages or wrong answers; seconds until it may work.
    case limited(retryAfter: Int)
    /// Another method is verified already: an unverified one needs a fresh proof, or somebody who planted it
    /// with a stolen password would get one by it.
    case freshProofRequired
    /// The method is not there, or the session does not allow a challenge now.
    case wrongState
}

/// What became of an answer. In every case but `limited`, `closed` and `notFound` the attempt was counted
/// before the code was looked at.
package enum ChallengeAnswer: Sendable, Equatable {
    /// The session as it is after the proof.
    case passed(Session)
    case wrong
    /// As in ``ChallengeOpening``; the answer was not looked at.
    case freshProofRequired
    case closed
    case limited(retryAfter: Int)
    case notFound
}
