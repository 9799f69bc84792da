package import Foundation
package import Identity

/// The port to the registrations of people whose entries are gone. ``RegistrationStore/disable(_:)`` begins their
/// time; each operation is safe to repeat.
package protocol RetentionStore: Sendable {
    /// People whose entries are back: their registrations are theirs again, each with an audit record. Who was not
    /// disabled is left alone.
    func revive(_ people: [EntryID]) async throws

    /// The disabled, in the order of their ids.
    /// - Parameters:
    ///   - limit: 1…1000.
    ///   - after: the last one of the page before.
    func disabledPeople(limit: Int, after: EntryID?) async throws -> [EntryID]

    /// Deletes the registrations that were disabled at `time` or before, with all that belongs to them: methods,
    /// sessions, challenges, messages, finished writes. Each leaves an audit record, and nothing else. Who has a
    /// write without an outcome waits for it.
    /// - Parameter limit: people in this one transaction.
    /// - Returns: how many there were; fewer than `limit` means that no more wait.
    func purge(disabledBefore time: Date, limit: Int) async throws -> Int
}
