package import Identity
import LDAPClient
package import Synchronizer

/// Asks which groups name somebody now: slapd's refint rewrites groups without a sync message.
package struct OpenLDAPMembershipProbe: MembershipProbe {
    private let settings: DirectorySettings
    private let service: ConnectionPool
    private static let groupLimit = 100_000

    /// Shares its connections.
    package init(_ directory: LiveDirectory) {
        settings = directory.settings
        service = directory.service
    }

    package func roles(containing names: [EntryName]) async throws(FeedError) -> [DNKey: Set<EntryID>] {
        guard let roles = settings.roles else { return [:] }
        // A group that names logins names nobody by name, and refint rewrites nothing there.
        guard !roles.namesLogins else { return Dictionary(names.map { ($0.key, []) }) { first, _ in first } }
        do {
            return try await service.run { connection throws(LDAPError) in
                var holders: [DNKey: Set<EntryID>] = [:]
                for name in names { holders[name.key] = try await groups(naming: name, roles, on: connection) }
                return holders
            }
        } catch {
            throw FeedError(error, server: settings.servers.first?.uri ?? "")
        }
    }

    private func groups(
        naming name: EntryName,
        _ roles: RoleMapping,
        on connection: LDAPConnection
    ) async throws(LDAPError) -> Set<EntryID> {
        let request = SearchRequest(
            base: roles.base,
            filter: .and([roles.filter, .equal(roles.member, name.dn)]),
            attributes: [OpenLDAPAttributes.entryUUID]
        )
        let entries = try await connection.search(request, entriesMax: Self.groupLimit)
        return Set(entries.compactMap { $0.string(OpenLDAPAttributes.entryUUID).flatMap { EntryID($0) } })
    }
}
