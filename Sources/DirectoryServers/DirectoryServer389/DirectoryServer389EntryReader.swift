import Identity
import LDAPClient
import Synchronizer

/// Reads entries as people and roles, one by one as they come or again by their ids.
struct DirectoryServer389EntryReader: Sendable {
    let settings: DirectorySettings
    let account: DirectoryServer389AccountState
    let clock: any WallClock

    /// Ids in one filter.
    private static let width = 100

    /// Nil for an entry without a login or a name: nobody could name it.
    func fed(_ entry: SearchEntry, id: EntryID, _ scope: SyncScope) -> FedEntry? {
        let reader = EntryReader(users: settings.users, roles: settings.roles)
        switch scope {
        case .users:
            return reader.user(entry, id: id, account: account.status(entry, now: clock.now)).map(FedEntry.user)
        case .roles:
            return reader.role(entry, id: id).map(FedEntry.role)
        }
    }

    /// The search of a scope; nil where the scope is not followed.
    func request(_ scope: SyncScope) -> SearchRequest? {
        switch scope {
        case .users:
            let users = settings.users
            let attributes = users.attributes + DirectoryServer389Attributes.state
            return SearchRequest(base: users.base, filter: users.filter, attributes: attributes)
        case .roles:
            return settings.roles.map { SearchRequest(base: $0.base, filter: $0.filter, attributes: $0.attributes) }
        }
    }

    /// The entries as they are now. Who is gone meanwhile is left out: that change comes by itself.
    func read(_ ids: [EntryID], _ scope: SyncScope, on connection: LDAPConnection) async throws -> [FedEntry] {
        guard var request = request(scope) else { return [] }
        let filter = request.filter
        request.attributes.append(DirectoryServer389Attributes.uniqueID)
        var found: [FedEntry] = []
        for start in stride(from: 0, to: ids.count, by: Self.width) {
            let part = ids[start..<min(start + Self.width, ids.count)]
            let any = part.map { Filter.equal(DirectoryServer389Attributes.uniqueID, Self.text($0)) }
            request.filter = .and([.or(any), filter])
            for entry in try await connection.search(request, entriesMax: Self.width) {
                let id = entry.string(DirectoryServer389Attributes.uniqueID).flatMap { EntryID($0) }
                if let id, let fed = fed(entry, id: id, scope) { found.append(fed) }
            }
        }
        return found
    }

    /// `nsUniqueId`: four groups of eight digits.
    static func text(_ id: EntryID) -> String {
        let digits = Array("\(id)".filter { $0 != "-" })
        return stride(from: 0, to: digits.count, by: 8).map { String(digits[$0..<$0 + 8]) }.joined(separator: "-")
    }
}
