package import Identity

/// The port to the mirror, for finding whom somebody means.
package protocol PeopleDirectory: Sendable {
    /// The living person of that login.
    func person(login: String) async throws -> User?
    /// The living person of that id.
    func person(id: EntryID) async throws -> User?
    /// Since when the living person's addresses and numbers are what the mirror says. Nil for nobody it knows.
    func contactTimes(of id: EntryID) async throws -> ContactTimes?
    /// The living people whose directory entry has that mail address.
    func people(email: String) async throws -> [User]
    /// The next living people, by login.
    /// - Parameters:
    ///   - limit: 1…1000.
    ///   - cursor: the `next` of the page before; nil for the first one.
    /// - Throws: ``UnknownCursor``.
    func people(limit: Int, after cursor: String?) async throws -> (people: [User], next: String?)
    /// What the mirror says of a person's roles, and which of them it gives only because their removal is held. Nil
    /// for nobody it knows.
    func mirroredRoles(of id: EntryID) async throws -> MirroredRoles?

    /// The living people in a stable order, or those who hold a role.
    /// - Parameters:
    ///   - role: a role's name, held directly or through nesting; nil for everybody.
    ///   - cursor: `next` of the page before.
    ///   - limit: 1…1000.
    /// - Returns: nil where there is no such role.
    /// - Throws: ``UnknownCursor``.
    func people(role: String?, after cursor: String?, limit: Int) async throws -> PeoplePage?
}

/// The roles of a person in the mirror.
package struct MirroredRoles: Sendable, Equatable {
    package var all: [String]
    /// Those that are there only because the removal of a membership or of a group is held in quarantine.
    package var held: [String]
    /// Whether the removal of the person's own entry is held.
    package var isEntryHeld: Bool

    package init(all: [String], held: [String] = [], isEntryHeld: Bool = false) {
        self.all = all
        self.held = held
        self.isEntryHeld = isEntryHeld
    }
}

/// Some people of a listing, and where it goes on; `next` is nil on the last page.
package struct PeoplePage: Sendable {
    package var people: [User]
    package var next: String?

    package init(people: [User], next: String?) {
        self.people = people
        self.next = next
    }
}
