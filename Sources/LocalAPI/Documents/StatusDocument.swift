package import Foundation

/// The daemon at a glance.
package struct StatusDocument: Codable, Sendable, Equatable {
    package struct Sync: Codable, Sendable, Equatable {
        /// `starting`, `live`, `polling`, `held` or `failed`.
        package var state: String
        /// Which way of following was chosen; absent until a server answered.
        package var strategy: String?
        /// Why this one: what the root DSE said.
        package var reason: String?
        package var server: String?
        package var lastChangeAt: Date?
        package var lastContactAt: Date?
        /// When the mirror was last compared with the whole directory.
        package var lastVerifiedAt: Date?
        /// Entries that such comparisons had to put right since the start of the daemon.
        package var repaired: Int?
        /// Continuation references that the server sent and nobody follows; absent where there are none.
        package var references: Int?
        /// What is wrong, while something is.
        package var problem: String?
        package var nextAttemptAt: Date?

        package init(state: String) { self.state = state }
    }

    package struct Quarantine: Codable, Sendable, Equatable {
        /// How many removals wait for an administrator.
        package var removals: Int
        package init(removals: Int) { self.removals = removals }
    }

    package var version: String
    package var sync: Sync
    package var users: Int
    package var roles: Int
    package var quarantine: Quarantine
    package var freshness: FreshnessDocument

    package init(
        version: String,
        sync: Sync,
        users: Int,
        roles: Int,
        quarantine: Quarantine,
        freshness: FreshnessDocument
    ) {
        self.version = version
        self.sync = sync
        self.users = users
        self.roles = roles
        self.quarantine = quarantine
        self.freshness = freshness
    }
}
