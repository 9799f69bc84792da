import Identity
import Synchronizer

/// A role as the tables hold it.
struct RoleRow: Sendable {
    let id: EntryID
    let dn: String
    let dnKey: DNKey
    let title: String
    let name: NameDigest
    /// Ascending, each once.
    let members: [NameDigest]
    /// Those among the members that are logins.
    let logins: [NameDigest: String]

    init(_ role: FedRole) {
        id = role.id
        dn = role.dn
        dnKey = role.dnKey
        title = role.name
        name = NameDigest(role.dnKey)
        logins = Dictionary(role.logins.map { (NameDigest(login: $0), $0) }) { first, _ in first }
        members = Self.ascending(role.members.map { NameDigest($0) } + logins.keys)
    }

    private static func ascending(_ members: [NameDigest]) -> [NameDigest] {
        var unique: [NameDigest] = []
        unique.reserveCapacity(members.count)
        for member in members.sorted() where member != unique.last { unique.append(member) }
        return unique
    }
}
