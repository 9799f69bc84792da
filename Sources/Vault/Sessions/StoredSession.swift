import Foundation
import SelfService

/// A session with what only the vault knows of it.
struct StoredSession {
    var session: Session
    var token: Data
    var subjectIndex: Data
    var idleLimit: TimeInterval?
    var usedAt: Milliseconds
    var isEnded: Bool

    /// The part of the idle limit after which a use is written down again. A session that is used all the time
    /// costs few writes so, and ends at most that much early, never late.
    static let touchFraction = 1.0 / 60

    func isAlive(at now: Milliseconds) -> Bool {
        guard !isEnded, now < Milliseconds(session.expiresAt) else { return false }
        return idleLimit.map { now.since(usedAt) < $0 } ?? true
    }

    func needsTouch(at now: Milliseconds) -> Bool {
        idleLimit.map { now.since(usedAt) >= $0 * Self.touchFraction } ?? false
    }
}
