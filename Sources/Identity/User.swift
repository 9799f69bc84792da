/// A person as the mirror holds them: the mapped attributes of one directory entry.
///
/// What people register to prove who they are is never part of it: that stays in the vault.
package struct User: Sendable, Equatable {
    package var id: EntryID
    /// The distinguished name as the directory wrote it last (RFC 4514).
    package var dn: String
    package var login: String
    package var displayName: String?
    package var email: String?
    package var officePhone: String?
    package var mobilePhone: String?
    /// `preferredLanguage` (RFC 2798), a language range.
    package var language: String?
    /// The names of all roles that the person holds, directly or through nesting, sorted.
    package var roles: [String]
    package var account: AccountStatus

    package init(
        id: EntryID,
        dn: String,
        login: String,
        displayName: String? = nil,
        email: String? = nil,
        officePhone: String? = nil,
        mobilePhone: String? = nil,
        language: String? = nil,
        roles: [String] = [],
        account: AccountStatus = AccountStatus(state: .active)
    ) {
        self.id = id
        self.dn = dn
        self.login = login
        self.displayName = displayName
        self.email = email
        self.officePhone = officePhone
        self.mobilePhone = mobilePhone
        self.language = language
        self.roles = roles
        self.account = account
    }
}
