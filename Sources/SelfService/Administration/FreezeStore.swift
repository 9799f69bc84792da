package import Audit
package import Foundation
package import Identity

/// The port to frozen people: those who said, or of whom somebody said, that it was not them.
package protocol FreezeStore: Sendable {
    /// Since the longest first.
    func frozenPeople(limit: Int) async throws -> [FrozenPerson]
    func freeze(_ person: EntryID, reason: String, by actor: AuditActor) async throws
    /// - Returns: whether the person was frozen.
    func lift(_ person: EntryID, reason: String, by actor: AuditActor) async throws -> Bool
}

package struct FrozenPerson: Sendable, Equatable {
    package var person: EntryID
    package var since: Date

    package init(person: EntryID, since: Date) {
        self.person = person
        self.since = since
    }
}
