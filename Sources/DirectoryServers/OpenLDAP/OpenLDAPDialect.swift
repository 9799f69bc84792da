import Foundation
import Identity
import LDAPClient
import SelfService

/// Accounts as slapd's ppolicy overlay keeps them (slapo-ppolicy(5)).
struct OpenLDAPDialect: AccountDialect {
    let settings: DirectorySettings
    let namingContexts: [String]
    /// Whether the overlay ppolicy is there: it dates every password.
    let hasPasswordPolicy: Bool

    var attributes: [AttributeName] { OpenLDAPAttributes.live }
    /// The overlay checks everything, unless the account may *manage* passwords; that cannot be read.
    var notEnforced: [String] { [] }

    func names(_ id: EntryID) -> Filter { .equal(OpenLDAPAttributes.entryUUID, id.description) }

    var idAttribute: AttributeName { OpenLDAPAttributes.entryUUID }

    func id(of entry: SearchEntry) -> EntryID? { ImmutableID(attribute: idAttribute).id(of: entry) }

    func silentGroups(of entry: SearchEntry) -> Filter? { nil }

    func facts(
        _ entry: SearchEntry,
        at now: Date,
        on connection: LDAPConnection
    ) async throws(LDAPError) -> AccountFacts {
        let policy = try await timedPolicy(of: entry, on: connection)
        var status = OpenLDAPAccountState.status(entry, now: now, lockoutDuration: policy?.lockoutDuration ?? 0)
        if let limit = policy?.idleLimit, limit > 0, status.lock == .unlocked,
            let last = entry.string(OpenLDAPAttributes.lastSuccess).flatMap(GeneralizedTime.date),
            last.addingTimeInterval(TimeInterval(limit)) <= now
        {
            status.lock = .inactivity
            if status.state == .active { status.state = .locked }
        }
        let changedTime = entry.string(OpenLDAPAttributes.changedTime)
        return AccountFacts(
            status: status,
            // `pwdChangedTime` has whole seconds; two writes within one differ in their CSN only.
            marker: AccountMarker(
                passwordChangedAt: changedTime,
                version: entry.string(OpenLDAPAttributes.entryCSN),
                isDated: hasPasswordPolicy
            ),
            passwordChangedAt: changedTime.flatMap(GeneralizedTime.date),
            failures: FailedAttempts(
                times: entry.strings(OpenLDAPAttributes.failureTime).compactMap(GeneralizedTime.date)
            ),
            mustChange: entry.string(OpenLDAPAttributes.mustChange) == "TRUE",
            bearsLock: entry.has(OpenLDAPAttributes.lockedTime)
        )
    }

    /// Read only for accounts whose state depends on it.
    private func timedPolicy(
        of entry: SearchEntry,
        on connection: LDAPConnection
    ) async throws(LDAPError) -> OpenLDAPPolicy? {
        guard entry.has(OpenLDAPAttributes.lockedTime) || entry.has(OpenLDAPAttributes.lastSuccess) else { return nil }
        return try await policies(on: connection).certain(of: entry)
    }

    private func policies(on connection: LDAPConnection) async throws(LDAPError) -> OpenLDAPPolicies {
        try await OpenLDAPPolicies.read(around: settings.users.base, namingContexts, on: connection)
    }
}

// MARK: Writing

extension OpenLDAPDialect {
    func write(_ password: [UInt8], to account: LiveEntry, on connection: LDAPConnection) async throws(LDAPError) {
        switch settings.passwordWrite {
        // slapd hashes what is modified only where it is told to (`ppolicy_hash_cleartext`).
        case .passwordModify, nil: try await connection.modifyPassword(of: account.dn, to: password)
        case .modify: try await connection.modify(account.dn, [Modification(.replace, "userPassword", [password])])
        }
    }

    /// With no value: no error where it is absent, and the right to delete is enough. slapd takes the times of the
    /// failures away with it.
    func unlock(_ account: LiveEntry, on connection: LDAPConnection) async throws(LDAPError) {
        try await connection.modify(account.dn, [Modification(.replace, OpenLDAPAttributes.lockedTime)])
    }

    func requireChange(
        _ isRequired: Bool,
        of account: LiveEntry,
        on connection: LDAPConnection
    ) async throws(LDAPError) {
        let values = isRequired ? ["TRUE"] : []
        try await connection.modify(account.dn, [Modification(.replace, OpenLDAPAttributes.mustChange, text: values)])
    }

    func refusal(_ error: LDAPError) -> RefusalReason? { PasswordPolicyRefusal.reason(error) }
}

// MARK: Policy

extension OpenLDAPDialect {
    func lockoutThreshold(on connection: LDAPConnection) async throws(LDAPError) -> Int? {
        try await policies(on: connection).all.filter { $0.lockout && $0.maxFailure > 0 }.map(\.maxFailure).min()
    }

    /// Quality checkers are modules of the server; what they want cannot be read.
    func policy(of entry: SearchEntry, on connection: LDAPConnection) async throws(LDAPError) -> DirectoryPasswordRules
    {
        let policies = try await policies(on: connection)
        let certain = policies.certain(of: entry)
        let possible = certain.map { [$0] } ?? policies.all
        var rules = DirectoryPasswordRules(isComplete: false)
        rules.isCertain = certain != nil
        // Lengths and the like are looked at only where quality is checked.
        let checking = possible.filter(\.checksQuality)
        rules.minimumLength = checking.map(\.minimumLength).max()
        rules.history = possible.map(\.history).max()
        rules.minimumAge = possible.map(\.minimumAge).max().map(TimeInterval.init) ?? 0
        rules.needsOldPassword = possible.contains(where: \.isSafeModify)
        return rules
    }
}
