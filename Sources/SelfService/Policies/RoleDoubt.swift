/// Why the roles that the directory gives somebody at this moment are not simply believed.
///
/// A role that is lost may weaken a policy. Many losses at once are held in quarantine until an administrator has
/// looked at them: until then, what the directory says now must not weaken anything either.
package struct RoleDoubt: Sendable, Equatable {
    package enum Reason: String, Sendable, Codable, CaseIterable {
        /// The removal of the person's entry is held.
        case heldEntry = "held-entry"
        /// The loss of a role is held.
        case heldRole = "held-role"
        /// The directory does not show the roles.
        case unread = "roles-unread"
    }

    package var reason: Reason
    /// Roles that the mirror still gives and the directory does not, sorted; of ``Reason/unread``, all that it gives.
    package var roles: [String]

    package init(_ reason: Reason, roles: [String]) {
        self.reason = reason
        self.roles = roles
    }

    /// - Parameters:
    ///   - live: the roles as the directory has them now; nil where it does not show them.
    ///   - mirrored: what the mirror says; nil where it does not know the person.
    /// - Returns: nil when there is no doubt.
    static func of(live: [String]?, mirrored: MirroredRoles?) -> RoleDoubt? {
        guard let live else { return RoleDoubt(.unread, roles: mirrored?.all ?? []) }
        guard let mirrored else { return nil }
        let held = Set(live.map { $0.lowercased() })
        let lost = mirrored.held.filter { !held.contains($0.lowercased()) }
        if mirrored.isEntryHeld { return RoleDoubt(.heldEntry, roles: lost) }
        return lost.isEmpty ? nil : RoleDoubt(.heldRole, roles: lost)
    }
}
