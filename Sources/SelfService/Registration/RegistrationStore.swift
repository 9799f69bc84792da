package import Audit
package import Identity

/// The port to registrations. Each operation is one decision, one transaction, one audit record.
package protocol RegistrationStore: Sendable {
    func registration(of person: EntryID) async throws -> StoredRegistration

    /// Adds an unverified method. An unverified one of the same kind and value stays, with its new label: adding it again buys no guesses.
    /// - Parameter limit: methods that one person may have.
    /// - Returns: nil when a verified one of the same value exists or the limit is reached.
    func addMethod(
        _ kind: MethodKind,
        value: String,
        label: String,
        for person: EntryID,
        limit: Int,
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

    /// - Returns: whether there was one.
    func removeMethod(_ id: String, of person: EntryID, by actor: AuditActor) async throws -> Bool

    /// Records that the registration meets its policy, if that is not recorded yet.
    func markComplete(_ person: EntryID, policy: String, by actor: AuditActor) async throws
    /// Records that the person confirmed everything.
    func markConfirmed(_ person: EntryID, by actor: AuditActor) async throws

    /// People whose entries are gone: their sessions, challenges and undelivered messages end now.
    func disable(_ people: [EntryID]) async throws
}
