/// A directory beside the mirrored one, in which a person's resets and unlocks are carried out as well.
package struct LinkedDirectory: Sendable {
    /// As the configuration calls it: it stands in answers, in the audit and in notices.
    package let name: String
    package let accounts: any LinkedAccounts

    package init(name: String, accounts: any LinkedAccounts) {
        self.name = name
        self.accounts = accounts
    }
}

/// The port to such a directory: accounts that are found by the login of the mirrored person.
package protocol LinkedAccounts: DirectoryAccounts {
    /// Looks for the account of a login, and reads it, now.
    func match(login: String) async throws(DirectoryFailure) -> AccountMatch

    /// Whether none of its servers is worth waiting for at this moment.
    var isAway: Bool { get async }
}

/// Which account of a linked directory belongs to a login.
package enum AccountMatch: Sendable, Equatable {
    case one(LiveAccount)
    case none
    /// Nobody can say which: none of them is written.
    case several
}
