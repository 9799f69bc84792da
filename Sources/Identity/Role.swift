/// A role: one group of the directory.
package struct Role: Sendable, Equatable {
    package var id: EntryID
    package var name: String
    package var dn: String
    /// How many people hold the role, directly or through nesting.
    package var memberCount: Int

    package init(id: EntryID, name: String, dn: String, memberCount: Int) {
        self.id = id
        self.name = name
        self.dn = dn
        self.memberCount = memberCount
    }
}
