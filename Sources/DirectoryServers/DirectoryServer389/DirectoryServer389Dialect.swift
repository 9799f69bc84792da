import Foundation
import Identity
import LDAPClient
import SelfService

/// Accounts as 389 Directory Server keeps them.
struct DirectoryServer389Dialect: AccountDialect {
    let settings: DirectorySettings

    var attributes: [AttributeName] { DirectoryServer389Attributes.live }
    /// The server checks all of it, unless the account is one of its password administrators.
    var notEnforced: [String] { [] }

    func names(_ id: EntryID) -> Filter {
        .equal(DirectoryServer389Attributes.uniqueID, DirectoryServer389EntryReader.text(id))
    }

    var idAttribute: AttributeName { DirectoryServer389Attributes.uniqueID }

    func id(of entry: SearchEntry) -> EntryID? { ImmutableID(attribute: idAttribute).id(of: entry) }

    func silentGroups(of entry: SearchEntry) -> Filter? { nil }

    func facts(
        _ entry: SearchEntry,
        at now: Date,
        on connection: LDAPConnection
    ) async throws(LDAPError) -> AccountFacts {
        let hasCounted = entry.has(DirectoryServer389Attributes.unlockTime)
        let maxFailure = hasCounted ? try await policy(entry, on: connection)?.maxFailure : nil
        var status = DirectoryServer389AccountState(maxFailure: maxFailure).status(entry, now: now)
        if status.lock == .unlocked, try await isIdle(entry, at: now, on: connection) {
            status.lock = .inactivity
            if status.state == .active { status.state = .locked }
        }
        let changedTime = entry.string(DirectoryServer389Attributes.changedTime)
        let version = entry.string(DirectoryServer389Attributes.changeNumber)
        return AccountFacts(
            status: status,
            marker: AccountMarker(
                passwordChangedAt: changedTime,
                version: version ?? entry.string(DirectoryServer389Attributes.modifiedTime),
                isDated: changedTime != nil
            ),
            passwordChangedAt: changedTime.flatMap(GeneralizedTime.date),
            failures: FailedAttempts(
                count: entry.string(DirectoryServer389Attributes.retryCount).flatMap { Int($0) } ?? 0
            ),
            mustChange: entry.string(DirectoryServer389Attributes.mustChange)?.lowercased() == "true"
                || entry.string(DirectoryServer389Attributes.expires) == DirectoryServer389AccountState.never,
            // A reset clears the count and leaves the time behind.
            bearsLock: hasCounted
        )
    }

    /// The Account Policy plugin locks who has not signed in for long. Its rule for everybody stands in the server's
    /// configuration; what an entry names itself can be read.
    private func isIdle(
        _ entry: SearchEntry,
        at now: Date,
        on connection: LDAPConnection
    ) async throws(LDAPError) -> Bool {
        guard let name = entry.string(DirectoryServer389Attributes.accountPolicy),
            let last = entry.string(DirectoryServer389Attributes.lastLogin).flatMap(GeneralizedTime.date),
            let dn = try? DistinguishedName(name),
            let policy = try await connection.entry(dn, attributes: [DirectoryServer389Attributes.idleLimit]),
            let limit = policy.string(DirectoryServer389Attributes.idleLimit).flatMap(TimeInterval.init), limit > 0
        else { return false }
        return last.addingTimeInterval(limit) <= now
    }
}

// MARK: Writing

extension DirectoryServer389Dialect {
    /// What the server itself writes as the time of expiry once somebody has chosen the password: `pwdReset` cannot be
    /// written, and this decides.
    private static let notTheFirstTime = "19700101000001Z"

    /// The server hashes what is modified. Password modify (RFC 3062) would want TLS, and would have the person change
    /// the password once more where the policy says `passwordMustChange`.
    func write(_ password: [UInt8], to account: LiveEntry, on connection: LDAPConnection) async throws(LDAPError) {
        try await WholeSeconds.pass(account.entry, on: connection)
        switch settings.passwordWrite {
        case .modify, nil: try await connection.modify(account.dn, [Modification(.replace, "userPassword", [password])])
        case .passwordModify: try await connection.modifyPassword(of: account.dn, to: password)
        }
    }

    /// The time decides. The count is cleared beside it where we may, or one wrong password more would lock again.
    func unlock(_ account: LiveEntry, on connection: LDAPConnection) async throws(LDAPError) {
        let time = Modification(.replace, DirectoryServer389Attributes.unlockTime)
        let count = Modification(.replace, DirectoryServer389Attributes.retryCount, text: ["0"])
        do throws(LDAPError) {
            try await connection.modify(account.dn, [time, count])
        } catch {
            guard error.code == .insufficientAccess else { throw error }
            try await connection.modify(account.dn, [time])
        }
    }

    func requireChange(
        _ isRequired: Bool,
        of account: LiveEntry,
        on connection: LDAPConnection
    ) async throws(LDAPError) {
        let time = isRequired ? DirectoryServer389AccountState.never : Self.notTheFirstTime
        let change = Modification(.replace, DirectoryServer389Attributes.expires, text: [time])
        try await connection.modify(account.dn, [change])
    }

    func refusal(_ error: LDAPError) -> RefusalReason? { DirectoryServer389Refusal.reason(error) }
}

// MARK: Policy

extension DirectoryServer389Dialect {
    func lockoutThreshold(on connection: LDAPConnection) async throws(LDAPError) -> Int? {
        guard let policy = try await DirectoryServer389Policy.global(on: connection), policy.lockout else { return nil }
        return policy.maxFailure
    }

    func policy(of entry: SearchEntry, on connection: LDAPConnection) async throws(LDAPError) -> DirectoryPasswordRules
    {
        try await policy(entry, on: connection)?.rules ?? DirectoryPasswordRules(isComplete: false)
    }

    /// The entry's own (`pwdpolicysubentry`), or that of the whole server. Nil where it may not be read.
    private func policy(
        _ entry: SearchEntry,
        on connection: LDAPConnection
    ) async throws(LDAPError) -> DirectoryServer389Policy? {
        guard let own = entry.string(DirectoryServer389Attributes.policy) else {
            return try await DirectoryServer389Policy.global(on: connection)
        }
        let dn = try DistinguishedName(own)
        return try await connection.entry(dn, attributes: DirectoryServer389Policy.attributes)
            .flatMap(DirectoryServer389Policy.init)
    }
}
