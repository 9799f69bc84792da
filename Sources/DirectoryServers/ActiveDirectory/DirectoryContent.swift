import Foundation
import Identity
import LDAPClient
import Synchronizer

/// The people and the roles of a domain as they are now, read by ordinary searches with the mapped filters.
///
/// Whether an entry belongs to a scope is always the server's answer to the same base and filter, at the first
/// reading as after a change.
struct DirectoryContent: Sendable {
    let connection: LDAPConnection
    let settings: DirectorySettings
    let clock: any WallClock
    /// Seconds.
    let lockoutDuration: TimeInterval
    /// The partitions that the server itself has.
    let partitions: [DistinguishedName]
    let references = ReferenceTally()

    typealias Deliver = @Sendable (FeedEvent) async throws -> Void

    /// Identifiers in one filter.
    private static let width = 100

    /// With the domain's own rule of when a lock opens by itself.
    static func of(
        _ root: DistinguishedName,
        _ settings: DirectorySettings,
        _ clock: any WallClock,
        on connection: LDAPConnection
    ) async throws -> DirectoryContent {
        let domain = try await connection.entry(root, attributes: [ActiveDirectoryAttributes.lockoutDuration])
        let duration = domain?.string(ActiveDirectoryAttributes.lockoutDuration)
        return DirectoryContent(
            connection: connection,
            settings: settings,
            clock: clock,
            lockoutDuration: duration.map(FileTime.seconds) ?? 0,
            partitions: try await connection.rootDSE().namingContexts.compactMap { try? DistinguishedName($0) }
        )
    }

    var scopes: [SyncScope] { settings.roles == nil ? [.users] : [.users, .roles] }

    // MARK: Reading

    /// Delivers everything that is in a scope.
    func readAll(_ scope: SyncScope, _ deliver: Deliver) async throws {
        let elsewhere = try await read(scope, nil) { entries in
            let fed = try await fed(entries, scope)
            if !fed.isEmpty { try await deliver(.upserts(fed.map(\.entry))) }
        }
        try await references.tell(scope, elsewhere, deliver)
    }

    /// Delivers these entries where they are in a scope, and removes them from it where they are not.
    /// - Returns: those that are not.
    @discardableResult
    func readAgain(_ guids: [ObjectGUID], _ scope: SyncScope, _ deliver: Deliver) async throws -> Set<EntryID> {
        var gone: Set<EntryID> = []
        for start in stride(from: 0, to: guids.count, by: Self.width) {
            let part = guids[start..<min(start + Self.width, guids.count)]
            var missing = Set(part)
            let filter = Filter.or(part.map { .equal(ActiveDirectoryAttributes.objectGUID, octets: $0.wire) })
            let elsewhere = try await read(scope, filter) { entries in
                let fed = try await fed(entries, scope)
                missing.subtract(fed.map(\.guid))
                if !fed.isEmpty { try await deliver(.upserts(fed.map(\.entry))) }
            }
            try await references.tell(scope, elsewhere, deliver)
            if !missing.isEmpty { try await deliver(.removed(scope, missing.map(EntryID.init))) }
            gone.formUnion(missing.map { EntryID($0) })
        }
        return gone
    }

    /// Delivers what lies below an entry that has moved, and removes what has left its scope with it.
    /// - Returns: whether anything does.
    func readBelow(_ moved: ObjectGUID, _ scope: SyncScope, _ deliver: Deliver) async throws -> Bool {
        guard let (base, filter, attributes) = search(scope) else { return false }
        let request = SearchRequest(base: .objectGUID(moved), filter: filter, attributes: attributes)
        var hasFound = false
        try await pages(of: request) { entries in
            let below = entries.filter { $0.objectGUID != moved }
            hasFound = hasFound || !below.isEmpty
            let (inside, outside) = try Self.split(below, base)
            let fed = try await fed(inside, scope)
            if !fed.isEmpty { try await deliver(.upserts(fed.map(\.entry))) }
            let gone = outside.compactMap(\.objectGUID).map(EntryID.init)
            if !gone.isEmpty { try await deliver(.removed(scope, gone)) }
        }
        return hasFound
    }

    /// Delivers the groups for which a filter holds besides.
    func readGroups(_ filters: [Filter], _ deliver: Deliver) async throws {
        for start in stride(from: 0, to: filters.count, by: Self.width) {
            try await read(.roles, .or(Array(filters[start..<min(start + Self.width, filters.count)]))) { entries in
                let fed = try await fed(entries, .roles)
                if !fed.isEmpty { try await deliver(.upserts(fed.map(\.entry))) }
            }
        }
    }

    /// The primary groups of these people.
    func primaryGroups(of people: [ObjectGUID]) async throws -> Set<SecurityIdentifier> {
        var groups: Set<SecurityIdentifier> = []
        for start in stride(from: 0, to: people.count, by: Self.width) {
            let part = people[start..<min(start + Self.width, people.count)]
            let filter = Filter.or(part.map { .equal(ActiveDirectoryAttributes.objectGUID, octets: $0.wire) })
            try await read(.users, filter) { entries in
                groups.formUnion(entries.compactMap(Self.primaryGroup))
            }
        }
        return groups
    }

    private static func primaryGroup(_ entry: SearchEntry) -> SecurityIdentifier? {
        guard let own = entry.octets(ActiveDirectoryAttributes.objectSid).first.flatMap({ SecurityIdentifier($0) }),
            let number = entry.string(ActiveDirectoryAttributes.primaryGroup).flatMap({ UInt32($0) })
        else { return nil }
        return own.sibling(number)
    }

    // MARK: Searching

    func search(_ scope: SyncScope) -> (base: DistinguishedName, filter: Filter, attributes: [AttributeName])? {
        switch scope {
        case .users:
            let users = settings.users
            let attributes =
                users.attributes + ActiveDirectoryAttributes.state + [
                    ActiveDirectoryAttributes.objectGUID, ActiveDirectoryAttributes.objectSid,
                    ActiveDirectoryAttributes.primaryGroup,
                ]
            return (users.base, users.filter, attributes)
        case .roles:
            guard let roles = settings.roles else { return nil }
            let own = [ActiveDirectoryAttributes.objectGUID, ActiveDirectoryAttributes.objectSid]
            return (roles.base, roles.filter, roles.attributes + own)
        }
    }

    /// - Returns: as ``pages(of:_:)``.
    @discardableResult
    func read(
        _ scope: SyncScope,
        _ condition: Filter?,
        _ take: ([SearchEntry]) async throws -> Void
    ) async throws -> Int {
        guard let (base, filter, attributes) = search(scope) else { return 0 }
        let both = condition.map { Filter.and([filter, $0]) } ?? filter
        return try await pages(of: SearchRequest(base: base, filter: both, attributes: attributes), take)
    }

    /// A page is read whole before anything else is asked: an unread one could fill the connection.
    /// - Returns: how many continuation references came with them, those of the server's own partitions aside.
    @discardableResult
    func pages(of request: SearchRequest, _ take: ([SearchEntry]) async throws -> Void) async throws -> Int {
        var search = PagedEntries(on: connection, request)
        var page: [SearchEntry] = []
        var references = 0
        while let entries = try await search.next() {
            page += entries
            references += search.references.count { !isOwn($0) }
            guard search.isBetweenPages else { continue }
            if !page.isEmpty { try await take(page) }
            page = []
        }
        if !page.isEmpty { try await take(page) }
        return references
    }

    /// A search of the whole domain always names the configuration and the DNS zones below it, where nobody is.
    /// Other domains' partitions are other servers'.
    func isOwn(_ reference: ContinuationReference) -> Bool {
        reference.base.map { partitions.contains($0) } ?? false
    }

    private static func split(
        _ entries: [SearchEntry],
        _ base: DistinguishedName
    ) throws -> (inside: [SearchEntry], outside: [SearchEntry]) {
        var (inside, outside): ([SearchEntry], [SearchEntry]) = ([], [])
        for entry in entries {
            let name = try DistinguishedName(entry.dn)
            if name == base || name.isDescendant(of: base) { inside.append(entry) } else { outside.append(entry) }
        }
        return (inside, outside)
    }
}

extension EntryID {
    init(_ guid: ObjectGUID) { self.init(folding: guid.bytes) }
}

extension ObjectGUID {
    init?(_ id: EntryID) { self.init(bytes: id.bytes) }
}
