package import Audit
package import Identity

/// The port to what administrators do to registrations. Each operation is one decision in one transaction, with an
/// audit record for each person.
package protocol AdministrationStore: Sendable {
    /// What is known of these people, in their order. A page of some hundred is enough for one transaction.
    func registrations(of people: [EntryID]) async throws -> [StoredRegistration]

    /// Enters values for people: all of them or, unless it is partial, none.
    /// - Parameters:
    ///   - limit: methods that one person may have.
    ///   - isPartial: what does not fit is left out.
    /// - Returns: what came of each, in their order. Where one is `full` and it is not partial, nothing was done.
    func enterMethods(
        _ entries: [MethodEntry],
        limit: Int,
        isPartial: Bool,
        by actor: AuditActor
    ) async throws -> [MethodEntryResult]

    /// Removes methods, and ends all sessions and codes of the person. When nothing is left that was proven, a first
    /// registration begins anew.
    /// - Parameter ids: nil for all.
    /// - Returns: how many there were.
    func removeMethods(
        _ ids: Set<String>?,
        of person: EntryID,
        notice: Notice,
        details: [String: String],
        by actor: AuditActor
    ) async throws -> Int

    /// Stores a pass in the place of the one before.
    /// - Returns: false when the person is frozen.
    func issuePass(
        _ pass: AccessPassSecret,
        to person: EntryID,
        notice: Notice,
        details: [String: String],
        by actor: AuditActor
    ) async throws -> Bool

    /// - Returns: whether there was one.
    func revokePass(of person: EntryID, details: [String: String], by actor: AuditActor) async throws -> Bool

    /// Lets complete registrations be confirmed at the next sign-in.
    /// - Returns: how many there were.
    func requireConfirmation(
        of people: [EntryID],
        details: [String: String],
        by actor: AuditActor
    ) async throws -> Int
}

/// A value that an administrator enters for a person.
package struct MethodEntry: Sendable {
    package var person: EntryID
    package var draft: MethodDraft
    /// Whether the administrator may see full values: only then is a value that is there already told apart.
    package var mayCompare: Bool
    /// Told to all that was proven before.
    package var notice: Notice
    package var details: [String: String]

    package init(person: EntryID, draft: MethodDraft, mayCompare: Bool, notice: Notice, details: [String: String]) {
        self.person = person
        self.draft = draft
        self.mayCompare = mayCompare
        self.notice = notice
        self.details = details
    }
}

package enum MethodEntryResult: Sendable, Equatable {
    case added
    /// The same value is there, and nothing was changed. Only for those who may see full values.
    case present
    /// The person has as many methods as can be.
    case full
}
