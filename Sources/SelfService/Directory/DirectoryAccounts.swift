package import Identity

/// The port to the living directory: everything that must not be answered from the mirror.
package protocol DirectoryAccounts: Sendable {
    /// Binds as the person. For nil it binds as somebody who does not exist, so that both cost the same.
    func verify(_ password: Password, of user: User?) async throws(DirectoryFailure) -> PasswordVerdict

    /// Reads an entry by its immutable id, with its roles and lock state, now. Nil when it does not exist. Where only
    /// the roles cannot be had, `areRolesRead` is false.
    func account(_ id: EntryID) async throws(DirectoryFailure) -> LiveAccount?

    /// Writes a password, which also opens a lock by failed attempts. The caller has read the account,
    /// refused what must be refused and recorded its intent. The result is proven by a read-back.
    func write(_ password: Password, to account: LiveAccount) async throws(DirectoryFailure) -> WriteOutcome

    /// Opens a lock by failed attempts. Idempotent. The result is proven by a read-back.
    func unlock(_ account: LiveAccount) async throws(DirectoryFailure) -> WriteOutcome

    /// After how many failed binds the directory locks an account; nil when it never does or does not say.
    func lockoutThreshold() async throws(DirectoryFailure) -> Int?

    /// The rules that the person's effective directory policy has, as far as they can be read.
    func passwordRules(for account: LiveAccount) async throws(DirectoryFailure) -> DirectoryPasswordRules
}

package enum PasswordVerdict: Sendable, Equatable {
    case right
    /// Right, but nothing may be done with it before it is changed.
    case mustChange
    /// Wrong, locked, unknown: the directory does not tell them apart, and neither do we.
    case refused
}

/// An account as the directory has it at this moment.
package struct LiveAccount: Sendable, Equatable {
    /// With the roles read live, nesting included.
    package var user: User
    package var marker: AccountMarker
    /// The password must be changed before anything else is possible with it (`pwdReset`).
    package var mustChange: Bool
    /// Matches the configured `protected.filter`.
    package var isProtected: Bool
    /// `false` where the entry could be read and the roles could not: `user.roles` is empty then and says nothing.
    package var areRolesRead: Bool
    /// Why the roles are not simply believed. The services fill it in, from what the mirror knows.
    package var doubt: RoleDoubt?

    package init(
        user: User,
        marker: AccountMarker,
        mustChange: Bool = false,
        isProtected: Bool = false,
        areRolesRead: Bool = true
    ) {
        self.areRolesRead = areRolesRead
        self.user = user
        self.marker = marker
        self.mustChange = mustChange
        self.isProtected = isProtected
    }
}

/// What is known of a directory's rules for new passwords.
package struct DirectoryPasswordRules: Sendable, Equatable {
    package var minimumLength: Int?
    package var maximumLength: Int?
    /// How many old passwords are refused.
    package var history: Int?
    /// `false` when the policy could not be read: the server may have further rules.
    package var isComplete: Bool

    package init(minimumLength: Int? = nil, maximumLength: Int? = nil, history: Int? = nil, isComplete: Bool = false) {
        self.minimumLength = minimumLength
        self.maximumLength = maximumLength
        self.history = history
        self.isComplete = isComplete
    }
}

/// The directory could not be asked, or did not answer in time.
package struct DirectoryFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// Whether a write may have happened although no answer came.
    package var mayHaveWritten: Bool
    /// One sentence for the log, without secrets.
    package var detail: String

    package init(mayHaveWritten: Bool = false, detail: String) {
        self.mayHaveWritten = mayHaveWritten
        self.detail = detail
    }

    package var description: String { detail }
}
