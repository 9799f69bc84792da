package import Identity

/// A role. `members` counts the people who hold it, directly or through nesting.
package struct RoleDocument: Codable, Sendable, Equatable {
    package var id: String
    package var name: String
    package var dn: String
    package var members: Int
    package var freshness: FreshnessDocument

    package init(_ role: Role, freshness: FreshnessDocument) {
        id = role.id.description
        name = role.name
        dn = role.dn
        members = role.memberCount
        self.freshness = freshness
    }
}

/// A role with one page of its members beside it.
package struct RoleMembersDocument: Codable, Sendable {
    package var id: String
    package var name: String
    package var dn: String
    package var members: Int
    package var items: [UserDocument]
    /// The cursor of the next page; `null` on the last one.
    package var next: String?
    package var freshness: FreshnessDocument

    package init(_ role: Role, items: [UserDocument], next: String?, freshness: FreshnessDocument) {
        id = role.id.description
        name = role.name
        dn = role.dn
        members = role.memberCount
        self.items = items
        self.next = next
        self.freshness = freshness
    }

    private enum CodingKeys: String, CodingKey { case id, name, dn, members, items, next, freshness }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(name, forKey: .name)
        try container.encode(dn, forKey: .dn)
        try container.encode(members, forKey: .members)
        try container.encode(items, forKey: .items)
        try container.encode(next, forKey: .next)
        try container.encode(freshness, forKey: .freshness)
    }
}
