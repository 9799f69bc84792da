package import Foundation

/// What a token opens: bound to one subject, front end, purpose and policy version.
package struct Session: Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        case signIn
        case reset(ResetProgress)
    }

    /// Opaque; not the token.
    package var id: Int64
    package var subject: Subject
    package var frontend: String
    package var policyName: String
    package var policyVersion: String
    package var expiresAt: Date
    /// Until when the last proof counts as fresh.
    package var freshUntil: Date?
    package var kind: Kind
    /// How a signed-in person came in.
    package var entry: SignInEntry
    /// The directory's mark of the password as it was when the session began; empty where it keeps none, nil in
    /// sessions of earlier versions.
    package var passwordStamp: String?

    package init(
        id: Int64,
        subject: Subject,
        frontend: String,
        policyName: String,
        policyVersion: String,
        expiresAt: Date,
        freshUntil: Date? = nil,
        kind: Kind,
        entry: SignInEntry = .password,
        passwordStamp: String? = nil
    ) {
        self.passwordStamp = passwordStamp
        self.id = id
        self.subject = subject
        self.frontend = frontend
        self.policyName = policyName
        self.policyVersion = policyVersion
        self.expiresAt = expiresAt
        self.freshUntil = freshUntil
        self.kind = kind
        self.entry = entry
    }
}

/// What opened a sign-in's session.
package enum SignInEntry: String, Sendable, Codable {
    case password
    /// A temporary access pass: it registers, and does nothing else.
    case pass
}

/// A session to be opened.
package struct SessionDraft: Sendable, Equatable {
    package var subject: Subject
    package var frontend: String
    package var policyName: String
    package var policyVersion: String
    package var lifetime: TimeInterval
    /// Ends the session when it is not used for so long; nil: only `lifetime` counts.
    package var idleLimit: TimeInterval?
    package var kind: Session.Kind
    package var entry: SignInEntry
    /// As in ``Session/passwordStamp``.
    package var passwordStamp: String?
    /// As in ``Caller/network``; not stored.
    package var network: String?

    package init(
        subject: Subject,
        from caller: Caller,
        policyName: String,
        policyVersion: String,
        lifetime: TimeInterval,
        idleLimit: TimeInterval? = nil,
        kind: Session.Kind,
        entry: SignInEntry = .password,
        passwordStamp: String? = nil
    ) {
        self.passwordStamp = passwordStamp
        self.subject = subject
        self.frontend = caller.frontend
        self.network = caller.network
        self.policyName = policyName
        self.policyVersion = policyVersion
        self.lifetime = lifetime
        self.idleLimit = idleLimit
        self.kind = kind
        self.entry = entry
    }
}

/// A session just opened, with the token that is shown once and stored only as a keyed hash.
package struct IssuedSession: Sendable {
    package var token: String
    package var session: Session

    package init(token: String, session: Session) {
        self.token = token
        self.session = session
    }
}
