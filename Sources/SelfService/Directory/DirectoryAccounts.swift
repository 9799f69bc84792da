package import Foundation
package import Identity

/// The port to the living directory: everything that must not be answered from the mirror.
package protocol DirectoryAccounts: Sendable {
    /// Binds as the person. For nil it binds as somebody who does not exist, so that both cost the same.
    func verify(_ password: Password, of user: User?) async throws(DirectoryFailure) -> PasswordVerdict

    /// Reads an entry by its immutable id, with its roles and lock state, now. Nil when it does not exist. Where only
    /// the roles cannot be had, `areRolesRead` is false.
    func account(_ id: EntryID) async throws(DirectoryFailure) -> LiveAccount?

    /// Writes a password, which also opens a lock by failed attempts, on every server. The caller has read the
    /// account, refused what must be refused and recorded its intent. The result is proven by a read-back.
    /// - Parameter mustChange: whether another one is to be chosen at the next sign-in.
    func write(
        _ password: Password,
        to account: LiveAccount,
        mustChange: Bool
    ) async throws(DirectoryFailure) -> WriteOutcome

    /// Opens a lock by failed attempts, on every server. Idempotent. The result is proven by a read-back.
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
    /// Matches the configured `protected.filter`, or is privileged by the product's own rules.
    package var isProtected: Bool
    /// When the password was last written, where the directory keeps that.
    package var passwordChangedAt: Date?
    /// `false` where the entry could be read and the roles could not: `user.roles` is empty then and says nothing.
    package var areRolesRead: Bool
    package var failures = FailedAttempts()
    /// Why the roles are not simply believed. The services fill it in, from what the mirror knows.
    package var doubt: RoleDoubt?

    package init(
        user: User,
        marker: AccountMarker,
        mustChange: Bool = false,
        isProtected: Bool = false,
        areRolesRead: Bool = true,
        passwordChangedAt: Date? = nil
    ) {
        self.passwordChangedAt = passwordChangedAt
        self.areRolesRead = areRolesRead
        self.user = user
        self.marker = marker
        self.mustChange = mustChange
        self.isProtected = isProtected
    }
}

/// The directory could not be asked, or did not answer in time.
package struct DirectoryFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// Whether a write may have happened although no answer came.
    package var mayHaveWritten: Bool
    /// Whether the server may have seen the question: of a password, it may have counted it.
    package var wasAsked: Bool
    /// One sentence for the log, without secrets.
    package var detail: String

    package init(mayHaveWritten: Bool = false, wasAsked: Bool = true, detail: String) {
        self.mayHaveWritten = mayHaveWritten
        self.wasAsked = wasAsked
        self.detail = detail
    }

    package var description: String { detail }
}
