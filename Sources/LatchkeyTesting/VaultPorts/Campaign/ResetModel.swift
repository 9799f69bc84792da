import Foundation
import Identity
import SelfService

/// What a reset session must have come to, kept by hand beside the store: the simplest thing that can be right.
struct ResetModel {
    let person: EntryID
    let issued: IssuedSession
    let required: Int
    /// Kinds of methods whose right code was given in this very session, before any write began.
    var proofs: Set<MethodKind> = []
    var isWriting = false
    var isSpent = false

    var session: Session { issued.session }
    var mayWrite: Bool { proofs.count >= required && !isWriting && !isSpent }
}

/// A challenge that was opened, with what the model says of it.
struct ChallengeModel {
    let challenge: Challenge
    let method: RegisteredMethod
    let person: EntryID
    let session: Int
    let code: String
    var wrong = 0
    var isOver = false
}

/// A write that began, with its session.
struct WriteModel {
    let intent: WriteIntent
    let session: Int
}
