package import Foundation

/// Removals that are held together until an administrator decides.
package struct HeldBatchDocument: Codable, Sendable, Equatable {
    package var id: Int64
    package var began: Date
    /// One sentence: why they are held.
    package var reason: String
    /// How many removals wait: the number that a release confirms.
    package var removals: Int
    package var users: Int
    package var roles: Int
    package var memberships: Int

    package init(id: Int64, began: Date, reason: String, users: Int, roles: Int, memberships: Int) {
        self.id = id
        self.began = began
        self.reason = reason
        self.users = users
        self.roles = roles
        self.memberships = memberships
        removals = users + roles + memberships
    }
}

/// One removal that waits.
package struct HeldRemovalDocument: Codable, Sendable, Equatable {
    /// `user`, `role` or `membership`.
    package var kind: String
    /// The entry's id; the group's for a membership.
    package var id: String
    package var dn: String
    /// Of a membership: the member's distinguished name.
    package var member: String?
    /// `count`, `everything` or `group`.
    package var reason: String
    package var since: Date

    package init(kind: String, id: String, dn: String, member: String?, reason: String, since: Date) {
        self.kind = kind
        self.id = id
        self.dn = dn
        self.member = member
        self.reason = reason
        self.since = since
    }
}

/// A batch with one page of what it holds.
package struct HeldBatchPageDocument: Codable, Sendable {
    package var batch: HeldBatchDocument
    package var items: [HeldRemovalDocument]
    /// The cursor of the next page; `null` on the last one.
    package var next: String?
    package var freshness: FreshnessDocument

    package init(
        batch: HeldBatchDocument,
        items: [HeldRemovalDocument],
        next: String?,
        freshness: FreshnessDocument
    ) {
        self.batch = batch
        self.items = items
        self.next = next
        self.freshness = freshness
    }

    private enum CodingKeys: String, CodingKey { case batch, items, next, freshness }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(batch, forKey: .batch)
        try container.encode(items, forKey: .items)
        try container.encode(next, forKey: .next)
        try container.encode(freshness, forKey: .freshness)
    }
}

/// What a release has removed.
package struct ReleaseDocument: Codable, Sendable, Equatable {
    /// The generation that shows it.
    package var generation: Int64
    /// Entries that are gone.
    package var removed: Int
    /// Groups that lost members.
    package var changed: Int

    package init(generation: Int64, removed: Int, changed: Int) {
        self.generation = generation
        self.removed = removed
        self.changed = changed
    }
}
