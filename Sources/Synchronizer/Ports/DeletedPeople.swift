package import Foundation
package import Identity

/// The port to people whose entries are gone and whom the mirror still knows, so that the same id coming back is
/// known to be them.
package protocol DeletedPeople: Sendable {
    /// In the order of their ids.
    /// - Parameters:
    ///   - limit: 1…1000.
    ///   - after: the last one of the page before.
    func deletedPeople(limit: Int, after: EntryID?) async throws -> [EntryID]
    /// Those of `people`, 1000 at most, whose entries are there.
    func living(among people: [EntryID]) async throws -> Set<EntryID>
    /// Forgets who was deleted at `time` or before. The same id coming back is then somebody new.
    /// - Parameter limit: people in this one transaction.
    /// - Returns: how many there were; fewer than `limit` means that no more wait.
    /// - Throws: while a refresh is being written; try again later.
    func forget(deletedBefore time: Date, limit: Int) async throws -> Int
}
