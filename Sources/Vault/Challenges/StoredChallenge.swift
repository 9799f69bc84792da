import Foundation
import SelfService

/// A challenge with what only the vault knows of it.
struct StoredChallenge {
    var challenge: Challenge
    var sessionID: Int64
    /// The keyed hash of the code.
    var code: Data
    /// Counted answers.
    var attempts: Int
}

/// What of a challenge is sealed.
struct SealedChallenge: BrieflyKept {
    var methodID: String
    var kind: MethodKind
    var via: Via?
    var expiresAt: Milliseconds
    /// Nil where an earlier version wrote the record.
    var exchange: Exchange?
    var questionIDs: [String]?
    var number: String?
}
