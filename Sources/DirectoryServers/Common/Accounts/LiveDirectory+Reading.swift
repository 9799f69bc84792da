import Foundation
package import Identity
import LDAPClient
package import SelfService
import Synchronizer

extension LiveDirectory {
    package func account(_ id: EntryID) async throws(DirectoryFailure) -> LiveAccount? {
        do throws(LDAPError) {
            return try await service.run { connection throws(LDAPError) in
                try await read(id, on: connection, as: dialects.of(connection))?.account
            }
        } catch {
            throw DirectoryFailure(error)
        }
    }

    /// Reads entry, roles and flags. For an id that nobody has, a search for roles is made all the same.
    /// - Parameter withRoles: false where nobody asks what somebody may, and the account has none.
    func read(
        _ id: EntryID,
        withRoles: Bool = true,
        on connection: LDAPConnection,
        as dialect: any AccountDialect
    ) async throws(LDAPError) -> LiveEntry? {
        let entry = try await entry(id, on: connection, as: dialect)
        let name = try entry.map { entry throws(LDAPError) in try DistinguishedName(entry.dn) }
        let dn = name ?? settings.users.base.appending(settings.users.login, id.description)
        let login = entry?.string(settings.users.login) ?? id.description
        let silent = entry.flatMap(dialect.silentGroups)
        let roles = withRoles ? try await roles(holding: dn, login: login, silent, on: connection) : nil
        guard let entry else { return nil }
        var facts = try await dialect.facts(entry, at: clock.now, on: connection)
        if try await matches(settings.users.disabledWhen, dn, on: connection) {
            facts.status = AccountStatus(state: .disabled, lock: facts.status.lock)
        }
        let isProtected = try await matches(settings.users.protectedWhen, dn, on: connection)
        let reader = EntryReader(users: settings.users, roles: settings.roles)
        guard let fed = reader.user(entry, id: id, account: facts.status) else { return nil }
        var account = LiveAccount(
            user: User(fed, roles: roles ?? []),
            marker: facts.marker,
            mustChange: facts.mustChange,
            isProtected: isProtected || facts.isProtected,
            areRolesRead: roles != nil,
            passwordChangedAt: facts.passwordChangedAt
        )
        account.failures = facts.failures
        return LiveEntry(entry: entry, dn: dn, account: account, bearsLock: facts.bearsLock)
    }

    /// - Returns: nil where the server answers and does not give them, so that whoever asks must not think that there
    ///   are none.
    private func roles(
        holding dn: DistinguishedName,
        login: String,
        _ silent: Filter?,
        on connection: LDAPConnection
    ) async throws(LDAPError) -> [String]? {
        do throws(LDAPError) {
            return try await LiveRoles(mapping: settings.roles, users: settings.users, silent: silent)
                .names(holding: dn, login: login, on: connection)
        } catch {
            guard Self.withheld.contains(error.code) else { throw error }
            return nil
        }
    }

    /// Refusals of a search that say nothing of the connection, which stays as it is.
    private static let withheld: Set<ResultCode> = [
        .noSuchObject, .insufficientAccess, .sizeLimitExceeded, .adminLimitExceeded, .timeLimitExceeded,
        .unwillingToPerform,
    ]

    private func entry(
        _ id: EntryID,
        on connection: LDAPConnection,
        as dialect: any AccountDialect
    ) async throws(LDAPError) -> SearchEntry? {
        let request = SearchRequest(
            base: settings.users.base,
            filter: .and([settings.users.filter, dialect.names(id)]),
            attributes: settings.users.attributes + dialect.attributes
        )
        return try await connection.search(request, entriesMax: 1).first
    }

    private func matches(
        _ filter: Filter?,
        _ dn: DistinguishedName,
        on connection: LDAPConnection
    ) async throws(LDAPError) -> Bool {
        guard let filter else { return false }
        let request = SearchRequest(base: dn, scope: .base, filter: filter, attributes: ["1.1"])
        return try await !connection.search(request, entriesMax: 1).isEmpty
    }
}

extension User {
    init(_ fed: FedUser, roles: [String]) {
        self.init(
            id: fed.id,
            dn: fed.dn,
            login: fed.login,
            displayName: fed.displayName,
            email: fed.email,
            officePhone: fed.officePhone,
            mobilePhone: fed.mobilePhone,
            language: fed.language,
            roles: roles,
            account: fed.account
        )
    }
}
