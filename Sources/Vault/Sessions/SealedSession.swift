import Foundation
import Identity
import SelfService

/// A session as it is sealed: whom it is about and how far it has come. Nothing of that stands in clear, least
/// of all whether it is a decoy's.
struct SealedSession: BrieflyKept {
    var subject: EntryID
    var isDecoy: Bool
    var frontend: String
    var policyName: String
    var policyVersion: String
    var expiresAt: Milliseconds
    var idleLimit: TimeInterval?
    var freshUntil: Milliseconds?
    /// Nil for a sign-in.
    var progress: ResetProgress?
    var entry: SignInEntry?
    var passwordStamp: String?

    init(_ session: Session, idleLimit: TimeInterval?) {
        subject = session.subject.id
        isDecoy = session.subject.isDecoy
        frontend = session.frontend
        policyName = session.policyName
        policyVersion = session.policyVersion
        expiresAt = Milliseconds(session.expiresAt)
        self.idleLimit = idleLimit
        freshUntil = session.freshUntil.map(Milliseconds.init)
        progress = session.progress
        entry = session.entry
        passwordStamp = session.passwordStamp
    }

    func session(id: Int64) -> Session {
        Session(
            id: id,
            subject: isDecoy ? .decoy(subject) : .person(subject),
            frontend: frontend,
            policyName: policyName,
            policyVersion: policyVersion,
            expiresAt: expiresAt.date,
            freshUntil: freshUntil?.date,
            kind: progress.map(Session.Kind.reset) ?? .signIn,
            entry: entry ?? .password,
            passwordStamp: passwordStamp
        )
    }
}

extension Session {
    /// Nil for a sign-in.
    var progress: ResetProgress? {
        guard case .reset(let progress) = kind else { return nil }
        return progress
    }
}
