import Identity
import LDAPClient

/// Who has which primary group: Active Directory leaves these people out of the group's `member`.
struct PrimaryGroups {
    let connection: LDAPConnection
    let users: UserMapping

    /// Groups in one filter.
    static let width = 100

    /// - Returns: by the last number of the group's SID.
    func members(of groups: [SecurityIdentifier]) async throws -> [UInt32: [DNKey]] {
        var members: [UInt32: [DNKey]] = [:]
        let attribute = ActiveDirectoryAttributes.primaryGroup
        for start in stride(from: 0, to: groups.count, by: Self.width) {
            let part = groups[start..<min(start + Self.width, groups.count)]
            let filter = Filter.and([users.filter, .or(part.map { .equal(attribute, "\($0.relative)") })])
            let request = SearchRequest(base: users.base, filter: filter, attributes: [attribute])
            var search = PagedEntries(on: connection, request)
            while let entries = try await search.next() {
                for entry in entries {
                    guard let number = entry.string(attribute).flatMap({ UInt32($0) }),
                        let key = EntryReader.key(entry.dn)
                    else { continue }
                    members[number, default: []].append(key)
                }
            }
        }
        return members
    }
}
