package import Identity

/// The result of a commit.
package struct CommitSummary: Sendable, Equatable {
    /// The generation that readers see from now on.
    package var generation: Int64
    package var added = 0
    package var changed = 0
    package var removed = 0
    /// People whose entries are gone.
    package var usersRemoved: [EntryID] = []
    /// People whose entries are back after having been gone.
    package var usersReturned: [EntryID] = []
    /// Names that groups hold and whose bearer was renamed or is gone, before and after: a server with refint
    /// rewrites such memberships without a message. At most ``doubtLimit``.
    package var doubtfulNames: [EntryName] = []
    /// There were more doubtful names than ``doubtLimit``: only reading all groups again tells.
    package var doubtsOverflowed = false

    /// Removals of this commit that were held instead.
    package var newlyHeld = 0
    /// What waits in quarantine after this commit.
    package var held = HeldRemovals()

    package static let doubtLimit = 256

    package init(generation: Int64) { self.generation = generation }

    package var isEmpty: Bool { added == 0 && changed == 0 && removed == 0 }
}

/// A distinguished name as the directory wrote it, with its canonical form.
package struct EntryName: Sendable, Hashable {
    package var dn: String
    package var key: DNKey

    package init(dn: String, key: DNKey) {
        self.dn = dn
        self.key = key
    }
}
