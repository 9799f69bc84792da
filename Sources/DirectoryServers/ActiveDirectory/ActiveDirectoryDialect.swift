import Foundation
import Identity
import LDAPClient
import SelfService

/// Accounts as Active Directory and Samba keep them (MS-ADTS, 3.1.1.3.1.5).
struct ActiveDirectoryDialect: AccountDialect {
    /// Of the domain, whose entry bears the policy for everybody.
    let domain: DistinguishedName
    /// Nil where the server enforces neither history nor minimum age on a password that is reset.
    let hints: PolicyHints?

    init(_ root: RootDSE, on server: LDAPServer) throws(LDAPError) {
        guard let context = root.defaultNamingContext else {
            throw LDAPError(
                .unwillingToPerform,
                operation: "accounts",
                server: server.uri,
                diagnostic: "the root DSE names no defaultNamingContext: is this a global catalog? Use port 389 or 636"
            )
        }
        domain = try DistinguishedName(context)
        hints = root.policyHints
    }

    var attributes: [AttributeName] { ActiveDirectoryAttributes.live }

    var notEnforced: [String] { hints == nil ? ["history", "minimum-age"] : [] }

    func names(_ id: EntryID) -> Filter {
        .equal(ActiveDirectoryAttributes.objectGUID, octets: ObjectGUID(bytes: Array(id.bytes))?.wire ?? [])
    }

    var idAttribute: AttributeName { ActiveDirectoryAttributes.objectGUID }

    func id(of entry: SearchEntry) -> EntryID? { entry.objectGUID.map { EntryID($0) } }

    /// The primary group holds people without naming them.
    func silentGroups(of entry: SearchEntry) -> Filter? {
        guard let own = entry.octets(ActiveDirectoryAttributes.objectSid).first.flatMap({ SecurityIdentifier($0) }),
            let number = entry.string(ActiveDirectoryAttributes.primaryGroup).flatMap({ UInt32($0) }),
            let group = own.sibling(number)
        else { return nil }
        return .equal(ActiveDirectoryAttributes.objectSid, octets: group.bytes)
    }

    func facts(
        _ entry: SearchEntry,
        at now: Date,
        on connection: LDAPConnection
    ) async throws(LDAPError) -> AccountFacts {
        let lastSet = entry.string(ActiveDirectoryAttributes.passwordSet)
        let lockoutTime = entry.string(ActiveDirectoryAttributes.lockoutTime)
        return AccountFacts(
            status: ActiveDirectoryAccountState.live(entry, now: now),
            // Steps of 100 ns: no two passwords are set within one.
            marker: AccountMarker(passwordChangedAt: lastSet, version: nil, isDated: true),
            passwordChangedAt: lastSet.flatMap(FileTime.date),
            failures: FailedAttempts(
                times: entry.string(ActiveDirectoryAttributes.failureTime).flatMap(FileTime.date).map { [$0] } ?? [],
                count: entry.string(ActiveDirectoryAttributes.failureCount).flatMap { Int($0) } ?? 0
            ),
            mustChange: lastSet == "0",
            isProtected: try await isProtected(entry, on: connection),
            bearsLock: lockoutTime != nil && lockoutTime != "0"
        )
    }

    /// What the directory itself keeps from being administered by delegation (AdminSDHolder). The mark comes up to an
    /// hour after the membership, so that is looked at too.
    private func isProtected(_ entry: SearchEntry, on connection: LDAPConnection) async throws(LDAPError) -> Bool {
        if let count = entry.string(ActiveDirectoryAttributes.adminCount), count != "0" { return true }
        let tokens = try await connection.entry(
            try DistinguishedName(entry.dn),
            attributes: [ActiveDirectoryAttributes.tokenGroups]
        )
        let own = entry.octets(ActiveDirectoryAttributes.objectSid)
        let groups = tokens?.octets(ActiveDirectoryAttributes.tokenGroups) ?? []
        return (own + groups).compactMap { SecurityIdentifier($0) }.contains(where: \.isPrivileged)
    }
}

// MARK: Writing

extension ActiveDirectoryDialect {
    /// In quotation marks and UTF-16, least significant byte first (MS-ADTS, 3.1.1.3.1.5.1).
    static func encoded(_ password: [UInt8]) -> [UInt8] {
        "\"\(String(decoding: password, as: UTF8.self))\"".utf16.flatMap {
            [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)]
        }
    }

    func write(_ password: [UInt8], to account: LiveEntry, on connection: LDAPConnection) async throws(LDAPError) {
        let change = Modification(.replace, ActiveDirectoryAttributes.password, [Self.encoded(password)])
        try await connection.modify(account.dn, [change], hints: hints)
    }

    func unlock(_ account: LiveEntry, on connection: LDAPConnection) async throws(LDAPError) {
        let change = Modification(.replace, ActiveDirectoryAttributes.lockoutTime, text: ["0"])
        try await connection.modify(account.dn, [change])
    }

    /// `-1` is now, `0` is never: then it must be changed (MS-ADTS, 3.1.1.3.1.5.2).
    func requireChange(
        _ isRequired: Bool,
        of account: LiveEntry,
        on connection: LDAPConnection
    ) async throws(LDAPError) {
        let values = [isRequired ? "0" : "-1"]
        let change = Modification(.replace, ActiveDirectoryAttributes.passwordSet, text: values)
        try await connection.modify(account.dn, [change])
    }

    func refusal(_ error: LDAPError) -> RefusalReason? { ActiveDirectoryRefusal.reason(error) }
}

// MARK: Policy

extension ActiveDirectoryDialect {
    func lockoutThreshold(on connection: LDAPConnection) async throws(LDAPError) -> Int? {
        let policies = try await ActiveDirectoryPolicy.all(of: domain, on: connection)
        return policies.map(\.lockoutThreshold).filter { $0 > 0 }.min()
    }

    func policy(of entry: SearchEntry, on connection: LDAPConnection) async throws(LDAPError) -> DirectoryPasswordRules
    {
        let policy = try await ActiveDirectoryPolicy.effective(for: entry, in: domain, on: connection)
        guard var rules = policy?.rules else { return DirectoryPasswordRules(isComplete: false) }
        if hints == nil {
            // What the server does not look at on a reset stands in nobody's way.
            rules.minimumAge = 0
            rules.history = nil
        }
        return rules
    }
}
