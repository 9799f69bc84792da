package import Audit
package import Foundation
package import Identity

/// The port to registrations. Each operation is one decision, one transaction, one audit record.
package protocol RegistrationStore: Sendable {
    func registration(of person: EntryID) async throws -> StoredRegistration

    /// Adds a method. One that stands for the same thing stays, with its id and with it the count of wrong answers:
    /// adding it again buys no guesses.
    /// - Parameters:
    ///   - limit: methods that one person may have.
    ///   - session: becomes fresh when the method needs no further proof.
    /// - Returns: nil when a verified one of the same value exists or the limit is reached.
    func addMethod(
        _ draft: MethodDraft,
        for person: EntryID,
        limit: Int,
        in session: Session?,
        terms: AnswerTerms,
        by actor: AuditActor
    ) async throws -> RegisteredMethod?

    /// - Returns: the method as it is now, or nil when the person has none of that id.
    func changeMethod(
        _ id: String,
        of person: EntryID,
        label: String?,
        isDefault: Bool?,
        by actor: AuditActor
    ) async throws -> RegisteredMethod?

    /// - Parameter notice: told to all addresses that were verified before.
    /// - Returns: whether there was one.
    func removeMethod(_ id: String, of person: EntryID, notice: Notice?, by actor: AuditActor) async throws -> Bool

    /// Takes over what the directory has: as candidates, or as proven where the policy trusts the kind. What it no
    /// longer has is forgotten, unless the person has proven it. Who had a trusted value is told of its change.
    func adopt(_ values: [DirectoryValue], for person: EntryID) async throws

    /// Records that the registration meets its policy, if that is not recorded yet.
    func markComplete(_ person: EntryID, policy: String, by actor: AuditActor) async throws
    /// Records that the person confirmed everything.
    func markConfirmed(_ person: EntryID, by actor: AuditActor) async throws

    /// People whose entries are gone: their sessions, challenges and undelivered messages end now.
    func disable(_ people: [EntryID]) async throws
}

/// A method to be added.
package struct MethodDraft: Sendable {
    package var kind: MethodKind
    package var value: String
    package var secret: MethodSecret?
    package var label: String
    package var state: RegisteredMethod.State
    package var source: RegisteredMethod.Source

    package init(
        _ kind: MethodKind,
        value: String = "",
        secret: MethodSecret? = nil,
        label: String = "",
        state: RegisteredMethod.State = .unverified,
        source: RegisteredMethod.Source = .person
    ) {
        self.kind = kind
        self.value = value
        self.secret = secret
        self.label = label
        self.state = state
        self.source = source
    }
}

/// A value that a person's entry has for a kind of method.
package struct DirectoryValue: Sendable, Equatable {
    package var kind: MethodKind
    package var value: String
    /// Whether it counts as proven.
    package var isTrusted: Bool
    /// When it became what it is, if that was seen: the cooling-off runs from then.
    package var changedAt: Date?

    package init(kind: MethodKind, value: String, isTrusted: Bool, changedAt: Date? = nil) {
        self.kind = kind
        self.value = value
        self.isTrusted = isTrusted
        self.changedAt = changedAt
    }
}
