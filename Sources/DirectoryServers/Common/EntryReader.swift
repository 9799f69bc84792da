import Foundation
import Identity
import LDAPClient
import Synchronizer

/// Turns entries into people and roles.
struct EntryReader: Sendable {
    let users: UserMapping
    let roles: RoleMapping?

    /// Nil for an entry without a login: nobody could name such a person.
    func user(_ entry: SearchEntry, id: EntryID, account: AccountStatus) -> FedUser? {
        guard let login = entry.string(users.login), let key = Self.key(entry.dn) else { return nil }
        return FedUser(
            id: id,
            dn: entry.dn,
            dnKey: key,
            login: login,
            displayName: entry.string(users.displayName),
            email: entry.string(users.email),
            officePhone: entry.string(users.officePhone),
            mobilePhone: entry.string(users.mobilePhone),
            language: entry.string(users.language),
            account: account
        )
    }

    /// Nil for an entry without a name.
    func role(_ entry: SearchEntry, id: EntryID) -> FedRole? {
        guard let roles, let name = entry.string(roles.name), let key = Self.key(entry.dn) else { return nil }
        if roles.namesLogins {
            let logins = entry.strings(roles.member).filter { !$0.isEmpty }
            return FedRole(id: id, dn: entry.dn, dnKey: key, name: name, members: [], logins: logins)
        }
        // groupOfNames must have a member (RFC 4519, 3.5), and empty groups carry a placeholder such as "".
        let isUnique = roles.member == Self.uniqueMember
        let members = entry.strings(roles.member).compactMap { Self.key(isUnique ? Self.withoutUniqueID($0) : $0) }
        return FedRole(id: id, dn: entry.dn, dnKey: key, name: name, members: members)
    }

    private static let uniqueMember: AttributeName = "uniqueMember"

    /// A name with an optional unique identifier (RFC 4517, 3.3.21): `#'0101'B` after the name.
    static func withoutUniqueID(_ value: String) -> String {
        guard value.hasSuffix("'B"), let mark = value.range(of: "#'", options: .backwards) else { return value }
        let bits = value[mark.upperBound...].dropLast(2)
        return bits.allSatisfy { $0 == "0" || $0 == "1" } ? String(value[..<mark.lowerBound]) : value
    }

    /// Nil for what is not a distinguished name, or is the empty one.
    static func key(_ dn: String) -> DNKey? {
        guard !dn.isEmpty, let text = try? DistinguishedName.canonical(dn) else { return nil }
        return DNKey(canonical: text)
    }
}
