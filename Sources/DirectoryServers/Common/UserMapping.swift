package import LDAPClient

/// Which entries are people, and which of their attributes mean what.
package struct UserMapping: Sendable {
    package var base: DistinguishedName
    package var filter: Filter
    package var login: AttributeName
    package var displayName: AttributeName
    package var email: AttributeName
    package var officePhone: AttributeName
    package var mobilePhone: AttributeName
    package var language: AttributeName
    /// Who matches is disabled.
    package var disabledWhen: Filter?
    /// Who matches is never reset or unlocked.
    package var protectedWhen: Filter?

    package init(
        base: DistinguishedName,
        filter: Filter,
        login: AttributeName = "uid",
        displayName: AttributeName = "cn",
        email: AttributeName = "mail",
        officePhone: AttributeName = "telephoneNumber",
        mobilePhone: AttributeName = "mobile",
        language: AttributeName = "preferredLanguage",
        disabledWhen: Filter? = nil,
        protectedWhen: Filter? = nil
    ) {
        self.base = base
        self.filter = filter
        self.login = login
        self.displayName = displayName
        self.email = email
        self.officePhone = officePhone
        self.mobilePhone = mobilePhone
        self.language = language
        self.disabledWhen = disabledWhen
        self.protectedWhen = protectedWhen
    }

    /// The attributes to ask for, and no others.
    var attributes: [AttributeName] {
        [login, displayName, email, officePhone, mobilePhone, language]
    }
}

/// Which entries are roles.
package struct RoleMapping: Sendable {
    package var base: DistinguishedName
    package var filter: Filter
    package var name: AttributeName
    package var member: AttributeName

    package init(
        base: DistinguishedName,
        filter: Filter,
        name: AttributeName = "cn",
        member: AttributeName = "member"
    ) {
        self.base = base
        self.filter = filter
        self.name = name
        self.member = member
    }

    var attributes: [AttributeName] { [name, member] }

    /// Whether `member` holds logins and not distinguished names: `memberUid` of posixGroup (RFC 2307).
    var namesLogins: Bool { member == "memberUid" }
}
