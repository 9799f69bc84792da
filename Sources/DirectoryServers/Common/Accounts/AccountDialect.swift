import Foundation
import Identity
import LDAPClient
import SelfService

/// How one product keeps the state of an account, and how it wants to be written. There is one for each product;
/// what they have in common is ``LiveDirectory``.
protocol AccountDialect: Sendable {
    /// What a live read asks for beside the mapped attributes.
    var attributes: [AttributeName] { get }

    /// Finds an entry by its immutable id.
    func names(_ id: EntryID) -> Filter

    /// The attribute with the immutable id.
    var idAttribute: AttributeName { get }

    /// Its value; nil where the entry does not show it.
    func id(of entry: SearchEntry) -> EntryID?

    /// What entry and policy say of the account at this moment.
    func facts(
        _ entry: SearchEntry,
        at now: Date,
        on connection: LDAPConnection
    ) async throws(LDAPError) -> AccountFacts

    /// Finds the groups that hold the entry without naming it as a member; nil where there are none of that kind.
    func silentGroups(of entry: SearchEntry) -> Filter?

    /// Writes a password so that the server checks it as far as it can, and hashes it.
    func write(_ password: [UInt8], to account: LiveEntry, on connection: LDAPConnection) async throws(LDAPError)

    /// Rules that the server does not enforce on a password that is written like that.
    var notEnforced: [String] { get }

    /// Takes away what failed attempts left. No error where there is nothing to take away.
    func unlock(_ account: LiveEntry, on connection: LDAPConnection) async throws(LDAPError)

    /// Has the person choose another password at the next sign-in, or not.
    func requireChange(
        _ isRequired: Bool,
        of account: LiveEntry,
        on connection: LDAPConnection
    ) async throws(LDAPError)

    /// Why the server refused a write. Nil when the error is no refusal: it did not answer, or not about this write.
    func refusal(_ error: LDAPError) -> RefusalReason?

    /// After how many failed binds an account is locked, as far as can be read; nil: never, or it is not said.
    func lockoutThreshold(on connection: LDAPConnection) async throws(LDAPError) -> Int?

    /// The password policy that is in effect for an entry.
    func policy(of entry: SearchEntry, on connection: LDAPConnection) async throws(LDAPError) -> DirectoryPasswordRules
}

/// What a product's attributes say of an account.
struct AccountFacts: Sendable, Equatable {
    var status: AccountStatus
    var marker: AccountMarker
    /// When the password was last written, where that is known.
    var passwordChangedAt: Date?
    var failures = FailedAttempts()
    var mustChange = false
    /// By the product's own rules for privileged accounts.
    var isProtected = false
    /// Whether something of a lock stands in the entry, even one that holds no longer.
    var bearsLock = false
}

/// An entry as it was read, and what that means.
struct LiveEntry: Sendable {
    let entry: SearchEntry
    let dn: DistinguishedName
    let account: LiveAccount
    let bearsLock: Bool
}
