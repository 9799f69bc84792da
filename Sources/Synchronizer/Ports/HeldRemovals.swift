package import Foundation
package import Identity

/// How many removals wait in quarantine.
package struct HeldRemovals: Sendable, Equatable {
    package var removals = 0
    /// The oldest batch that waits.
    package var batch: Int64?
    /// One sentence: why that batch was held.
    package var reason: String?

    package init() {}
}

/// Removals that were held together, within one hour.
package struct HeldBatch: Sendable, Equatable {
    package var id: Int64
    package var began: Date
    /// One sentence.
    package var reason: String
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
    }

    package var removals: Int { users + roles + memberships }
}

/// One removal that waits.
package struct HeldRemoval: Sendable, Equatable {
    package enum Kind: String, Sendable, Codable, CaseIterable {
        case user, role, membership
    }

    package var kind: Kind
    /// The entry's id; that of the group for a membership.
    package var id: EntryID
    package var dn: String
    /// For a membership, the member's distinguished name; nil where nobody bears it any more.
    package var member: String?
    package var reason: RemovalGuard.Reason
    package var since: Date

    package init(kind: Kind, id: EntryID, dn: String, member: String?, reason: RemovalGuard.Reason, since: Date) {
        self.kind = kind
        self.id = id
        self.dn = dn
        self.member = member
        self.reason = reason
        self.since = since
    }
}
