package import Foundation
package import Identity

/// A person as the mirror holds them. Nothing of it comes from the vault but the state of the registration.
package struct UserDocument: Codable, Sendable, Equatable {
    package struct Account: Codable, Sendable, Equatable {
        /// `active`, `locked`, `disabled`, `expired` or `deleted`.
        package var state: String
        /// While locked: `failedAttempts` or `administrator`.
        package var lock: String?
        package var since: Date?
    }

    /// What `registration` says of people who never registered.
    package static let noRegistration = "none"

    package var id: String
    package var login: String
    package var displayName: String?
    package var email: String?
    package var dn: String
    package var roles: [String]
    package var account: Account
    /// `complete`, `incomplete`, `reconfirm` or `none`.
    package var registration: String
    package var freshness: FreshnessDocument

    package init(_ user: User, registration: String?, freshness: FreshnessDocument) {
        id = user.id.description
        login = user.login
        displayName = user.displayName
        email = user.email
        dn = user.dn
        roles = user.roles
        account = Account(user.account)
        self.registration = registration ?? Self.noRegistration
        self.freshness = freshness
    }
}

extension UserDocument.Account {
    fileprivate init(_ status: AccountStatus) {
        state = status.state.rawValue
        lock = status.lock == .unlocked ? nil : status.lock.rawValue
        since = status.since
    }
}
