import Audit
import Foundation
import Identity
import SelfService

extension VaultTransaction {
    /// Counts the use of a pass before anything is compared. A pass has 80 bits: the limit keeps the slow hashes
    /// few, and nobody from their own pass for longer than the window.
    func countPass(_ subject: Subject, _ limits: Limits) throws -> PassAttempt {
        let counter = Counter(sort: .passes, key: secrets.index.subject(subject), window: limits.signInWindow)
        if let wait = try wait(counter, limit: Self.passAttempts) { return .limited(retryAfter: wait) }
        try count(counter)
        let method = try methods(of: subject.id).first { $0.kind == .accessPass }
        guard !subject.isDecoy, let method, case .pass(let pass) = method.secret, pass.isLive(at: now.date) else {
            return .counted(methodID: nil, nil)
        }
        return .counted(methodID: method.id, pass)
    }

    /// Within `Limits.signInWindow`.
    static var passAttempts: Int { 20 }

    func spendPass(_ methodID: String, of person: EntryID, by actor: AuditActor) throws -> Bool {
        guard
            let method = try methods(of: person).first(where: { $0.id == methodID }),
            case .pass(let pass) = method.secret, pass.isLive(at: now.date)
        else { return false }
        try delete(method, of: person)
        try forget(Counter(sort: .passes, key: secrets.index.subject(.person(person)), window: 0))
        try audit(event(.passUsed, method, of: person, by: actor))
        return true
    }

    /// A proof was given without a challenge: what was just set is known to the person.
    func makeFresh(_ session: Session, for seconds: TimeInterval) throws {
        guard var stored = try livingSession(id: session.id) else { return }
        stored.session.freshUntil = (now + seconds).date
        try save(stored)
    }
}
