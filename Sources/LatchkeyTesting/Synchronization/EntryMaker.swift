package import Identity
package import Synchronizer

/// Entries for tests, made of a number: the same number is the same entry.
package enum EntryMaker {
    package static func id(_ number: Int, _ scope: SyncScope = .users) -> EntryID {
        var bytes = [UInt8](repeating: scope == .users ? 1 : 2, count: EntryID.byteCount)
        for index in 0..<8 { bytes[15 - index] = UInt8(truncatingIfNeeded: number >> (8 * index)) }
        guard let id = EntryID(bytes: bytes) else { preconditionFailure("sixteen bytes are an id") }
        return id
    }

    package static func dn(_ name: String) -> String { "uid=\(name),ou=people,dc=example,dc=org" }
    package static func groupDN(_ name: String) -> String { "cn=\(name),ou=groups,dc=example,dc=org" }
    package static func key(_ dn: String) -> DNKey { DNKey(canonical: dn.lowercased()) }
    package static func personKey(_ name: String) -> DNKey { key(dn(name)) }
    package static func groupKey(_ name: String) -> DNKey { key(groupDN(name)) }

    package static func person(_ number: Int, _ login: String? = nil, dn: String? = nil) -> FedUser {
        let login = login ?? "user\(number)"
        let dn = dn ?? Self.dn(login)
        return FedUser(
            id: id(number),
            dn: dn,
            dnKey: key(dn),
            login: login,
            displayName: "Person \(login)",
            email: "\(login)@example.org"
        )
    }

    /// - Parameter members: canonical names.
    package static func group(
        _ number: Int,
        _ name: String,
        _ members: [DNKey],
        logins: [String] = []
    ) -> FedRole {
        let dn = groupDN(name)
        return FedRole(id: id(number, .roles), dn: dn, dnKey: key(dn), name: name, members: members, logins: logins)
    }
}
