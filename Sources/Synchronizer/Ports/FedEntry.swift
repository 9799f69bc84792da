package import Identity

/// One entry as a feed delivers it.
package enum FedEntry: Sendable, Equatable {
    case user(FedUser)
    case role(FedRole)

    package var id: EntryID {
        switch self {
        case .user(let user): user.id
        case .role(let role): role.id
        }
    }

    package var scope: SyncScope {
        switch self {
        case .user: .users
        case .role: .roles
        }
    }
}

/// A person's entry: the mapped attributes, nothing else.
package struct FedUser: Sendable, Equatable {
    package var id: EntryID
    package var dn: String
    /// `dn` in the canonical form that memberships are compared in.
    package var dnKey: DNKey
    package var login: String
    package var displayName: String?
    package var email: String?
    package var officePhone: String?
    package var mobilePhone: String?
    package var language: String?
    package var account: AccountStatus

    package init(
        id: EntryID,
        dn: String,
        dnKey: DNKey,
        login: String,
        displayName: String? = nil,
        email: String? = nil,
        officePhone: String? = nil,
        mobilePhone: String? = nil,
        language: String? = nil,
        account: AccountStatus = AccountStatus(state: .active)
    ) {
        self.id = id
        self.dn = dn
        self.dnKey = dnKey
        self.login = login
        self.displayName = displayName
        self.email = email
        self.officePhone = officePhone
        self.mobilePhone = mobilePhone
        self.language = language
        self.account = account
    }
}

/// A group's entry with its direct members.
package struct FedRole: Sendable, Equatable {
    package var id: EntryID
    package var dn: String
    package var dnKey: DNKey
    package var name: String
    /// The direct members by canonical DN: people, groups, or names that nobody bears.
    package var members: [DNKey]
    /// The direct members by login, as the directory writes it (`memberUid`, RFC 2307): people, or logins that
    /// nobody bears. Case counts.
    package var logins: [String]

    package init(
        id: EntryID,
        dn: String,
        dnKey: DNKey,
        name: String,
        members: [DNKey],
        logins: [String] = []
    ) {
        self.id = id
        self.dn = dn
        self.dnKey = dnKey
        self.name = name
        self.members = members
        self.logins = logins
    }
}
