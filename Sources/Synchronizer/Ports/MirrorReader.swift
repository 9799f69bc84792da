package import Identity

/// The port to the replica that is read. Each call sees one generation.
package protocol MirrorReader: Sendable {
    /// The generation that a read started now would see. 0 until one complete generation exists.
    var generation: Int64 { get }

    /// The living person of that login, compared as the directory does: case and outer spaces do not count.
    func user(login: String) async throws -> User?
    /// The person of that id, deleted ones included.
    func user(id: EntryID) async throws -> User?
    /// The living people whose directory entry has that mail address, compared without case.
    func users(email: String) async throws -> [User]
    /// The living person's roles, with those that are held. Nil for nobody it knows.
    func standing(of person: EntryID) async throws -> HeldStanding?
    /// Since when the living person's addresses and numbers are what they are. Nil for nobody it knows.
    func contactTimes(of person: EntryID) async throws -> ContactTimes?
    func users(_ query: UserQuery) async throws -> Page<User>
    /// The roles by name; a name may be borne by several groups.
    func roles(named name: String) async throws -> [Role]
    func roles(limit: Int, after cursor: String?) async throws -> Page<Role>
    /// People who hold the role, directly or through nesting.
    func members(of role: EntryID, limit: Int, after cursor: String?) async throws -> Page<User>
    func counts() async throws -> (users: Int, roles: Int)
}

/// What a person has in the mirror only because a removal is held in quarantine.
package struct HeldStanding: Sendable, Equatable {
    /// All roles, sorted.
    package var roles: [String]
    /// Those that would be gone if everything that is held were released, sorted.
    package var heldRoles: [String]
    /// Whether the removal of the person's own entry is held.
    package var isEntryHeld: Bool

    package init(roles: [String], heldRoles: [String] = [], isEntryHeld: Bool = false) {
        self.roles = roles
        self.heldRoles = heldRoles
        self.isEntryHeld = isEntryHeld
    }
}

package struct UserQuery: Sendable, Equatable {
    /// Matches login, display name and email, at their beginnings or the beginnings of words, without case.
    package var text: String?
    package var state: AccountStatus.State?
    /// 1…1000.
    package var limit: Int
    package var cursor: String?

    package init(text: String? = nil, state: AccountStatus.State? = nil, limit: Int = 100, cursor: String? = nil) {
        self.text = text
        self.state = state
        self.limit = limit
        self.cursor = cursor
    }
}

/// One page of a listing. `next` is nil on the last one.
package struct Page<Item: Sendable>: Sendable {
    package var items: [Item]
    /// Opaque; names the place after the last item (keyset), so that changes between pages lose nothing.
    package var next: String?

    package init(items: [Item], next: String?) {
        self.items = items
        self.next = next
    }
}
