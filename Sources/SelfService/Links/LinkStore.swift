package import Audit
package import Identity

/// A reset link to be made.
package struct LinkDraft: Sendable, Equatable {
    package var subject: Subject
    package var policyName: String
    package var policyVersion: String
    /// The method whose mailbox it goes to.
    package var methodID: String
    /// The address that is stored for the method.
    package var destination: String
    /// Language ranges that the front end heard of.
    package var language: String?
    /// As in ``Session/passwordStamp``.
    package var passwordStamp: String?
    /// As in ``Caller/network``; not stored.
    package var network: String?

    package init(
        subject: Subject,
        policyName: String,
        policyVersion: String,
        methodID: String,
        destination: String,
        language: String? = nil,
        passwordStamp: String? = nil
    ) {
        self.passwordStamp = passwordStamp
        self.subject = subject
        self.policyName = policyName
        self.policyVersion = policyVersion
        self.methodID = methodID
        self.destination = destination
        self.language = language
    }
}

/// A reset link that lives.
package struct IssuedLink: Sendable, Equatable {
    package var person: EntryID
    package var policyName: String
    package var policyVersion: String
    package var methodID: String
    package var passwordStamp: String?

    package init(
        person: EntryID,
        policyName: String,
        policyVersion: String,
        methodID: String,
        passwordStamp: String? = nil
    ) {
        self.passwordStamp = passwordStamp
        self.person = person
        self.policyName = policyName
        self.policyVersion = policyVersion
        self.methodID = methodID
    }
}

/// The port to links. Each operation is one decision in one transaction.
package protocol LinkStore: Sendable {
    /// Makes a link and queues its mail. It lives, and the person's older one dies, when the mail is handed over: one
    /// that never leaves ends none.
    /// - Returns: nil when it was made, else the seconds until there may be another message to that address.
    func makeLink(_ draft: LinkDraft, rules: LinkRules, limits: Limits, by actor: AuditActor) async throws -> Int?

    /// Whose link it is, if it lives. Looking spends nothing.
    func link(token: String) async throws -> IssuedLink?

    /// Spends a link and opens the session that it was for, with the mailbox proven. At most one caller gets it.
    /// - Returns: nil when the link does not live any more.
    func redeem(token: String, _ draft: SessionDraft, audit event: AuditEvent) async throws -> IssuedSession?

    /// Queues a mail that tells and carries nothing.
    /// - Returns: as ``makeLink(_:rules:limits:by:)``.
    func tell(_ message: OutgoingMessage, to subject: Subject, limits: Limits, by actor: AuditActor) async throws
        -> Int?

    /// Takes the word of whoever holds a notice's link: resets and changes stop, and everything that is under way for
    /// the person ends.
    /// - Returns: whose link it was; nil when it does not live.
    func repudiate(token: String, by actor: AuditActor) async throws -> EntryID?
}
