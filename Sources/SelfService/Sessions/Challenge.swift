package import Foundation
package import Identity

/// A question put to a person: a code sent, a call, a notification, or something that they know or hold.
package struct Challenge: Sendable, Equatable {
    package enum State: String, Sendable, Codable, CaseIterable {
        case pending, passed, failed, expired
        /// The person said on their device that it was not them.
        case denied
    }

    /// Opaque.
    package var id: String
    package var methodID: String
    package var kind: MethodKind
    package var via: Via?
    package var expiresAt: Date
    package var state: State
    package var exchange: Exchange
    /// The questions that are asked, in order.
    package var questionIDs: [String]?
    /// What the page shows and the person keys on the phone or types on the device.
    package var number: String?

    package init(
        id: String,
        methodID: String,
        kind: MethodKind,
        via: Via?,
        expiresAt: Date,
        state: State,
        exchange: Exchange? = nil,
        questionIDs: [String]? = nil,
        number: String? = nil
    ) {
        self.id = id
        self.methodID = methodID
        self.kind = kind
        self.via = via
        self.expiresAt = expiresAt
        self.state = state
        self.exchange = exchange ?? kind.type.exchange(via: via)
        self.questionIDs = questionIDs
        self.number = number
    }
}

/// A challenge to be opened. The vault stores the code as a keyed hash and the message sealed.
package struct ChallengeDraft: Sendable {
    package var session: Session
    package var methodID: String
    package var kind: MethodKind
    package var via: Via?
    /// What a right answer is, from a CSPRNG: the code that is sent, or the number on the page. Where nothing is
    /// sent it stands for nothing.
    package var code: String
    /// Whether `code` is shown on the page instead of sent.
    package var showsNumber: Bool
    package var lifetime: TimeInterval
    /// What is sent; nil where nothing is. For a decoy it is made and stored all the same, and then dropped.
    package var message: OutgoingMessage?
    /// How many questions are asked of somebody, of which ids may be chosen for a decoy.
    package var questions: QuestionDraft?
    /// As in ``Caller/network``; not stored.
    package var network: String?

    package init(
        session: Session,
        methodID: String,
        kind: MethodKind,
        via: Via?,
        code: String,
        showsNumber: Bool = false,
        lifetime: TimeInterval,
        message: OutgoingMessage?,
        questions: QuestionDraft? = nil
    ) {
        self.session = session
        self.methodID = methodID
        self.kind = kind
        self.via = via
        self.code = code
        self.showsNumber = showsNumber
        self.lifetime = lifetime
        self.message = message
        self.questions = questions
    }

    package var exchange: Exchange { kind.type.exchange(via: via) }
}

/// Which questions a challenge asks.
package struct QuestionDraft: Sendable, Equatable {
    package var count: Int
    /// For somebody without answers: the same ones at every time.
    package var decoys: [String]

    package init(count: Int, decoys: [String]) {
        self.count = count
        self.decoys = decoys
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
    /// Counted; the caller compares it with what the method holds and tells the store what came of it.
    case toCompare(PendingComparison)
}

/// An answer that was counted and is being compared outside of the store, because the hash is slow.
package struct PendingComparison: Sendable, Equatable {
    /// The counted attempt.
    package var attempt: Int64
    package var challenge: Challenge
    /// What to compare with; nil for a decoy, and when the method is gone.
    package var secret: MethodSecret?

    package init(attempt: Int64, challenge: Challenge, secret: MethodSecret?) {
        self.attempt = attempt
        self.challenge = challenge
        self.secret = secret
    }
}

/// What somebody answered.
package enum ProofResponse: Sendable {
    case code(String)
    case answers([QuestionAnswer])
}

package struct QuestionAnswer: Sendable {
    package var questionID: String
    package var answer: String

    package init(questionID: String, answer: String) {
        self.questionID = questionID
        self.answer = answer
    }
}

/// What a device decided about a challenge.
package struct AppDecision: Sendable {
    package var challengeID: String
    package var decision: ApprovalDecision
    /// The number that was typed on the device; empty for a denial.
    package var number: String
    package var signature: Data

    package init(challengeID: String, decision: ApprovalDecision, number: String, signature: Data) {
        self.challengeID = challengeID
        self.decision = decision
        self.number = number
        self.signature = signature
    }
}

/// What became of a device's decision, or of keys pressed in a call.
package enum RemoteAnswer: Sendable, Equatable {
    case passed(Session)
    /// A denial was taken: prompts end, and the person is frozen.
    case denied(EntryID)
    case wrong
    case closed
    case limited(retryAfter: Int)
    case notFound
}
