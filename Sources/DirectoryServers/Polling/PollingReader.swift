import Foundation
import Identity
import LDAPClient
import Synchronizer

/// The questions of one scope.
struct PollingReader: Sendable {
    let settings: DirectorySettings
    let product: DirectoryProduct
    let scope: SyncScope
    let id: ImmutableID
    let isPaged: Bool
    let clock: any WallClock
    /// Where the product has them.
    let policies: OpenLDAPPolicies

    static let modified: AttributeName = "modifyTimestamp"
    static let pageSize = 1000
    /// For a whole search, or one page.
    static let deadline = Duration.seconds(300)
    /// Ids in one filter.
    static let width = 100

    /// What a batch was read as.
    struct Batch: Sendable {
        var entries: [FedEntry] = []
        /// The latest time of change among them, as the server writes it.
        var latest = ""
        /// Who matches and has no login or no name: nobody.
        var nameless: [EntryID] = []
    }

    private var search: SearchRequest? {
        switch scope {
        case .users:
            let users = settings.users
            return SearchRequest(base: users.base, filter: users.filter, attributes: users.attributes + state)
        case .roles:
            return settings.roles.map { SearchRequest(base: $0.base, filter: $0.filter, attributes: $0.attributes) }
        }
    }

    private var state: [AttributeName] {
        product == .directoryServer389 ? DirectoryServer389Attributes.state : OpenLDAPAttributes.state
    }

    /// Everything, or what matches `further` as well.
    /// - Returns: how many continuation references came with it.
    @discardableResult
    func read(
        _ further: Filter? = nil,
        on connection: LDAPConnection,
        _ take: (Batch) async throws -> Void
    ) async throws -> Int {
        guard var request = search else { return 0 }
        if let further { request.filter = .and([further, request.filter]) }
        request.attributes += [id.attribute, Self.modified]
        return try await run(request, on: connection) { try await take(try batch($0, connection)) }
    }

    /// The ids of everything, from two complete answers: who was moved while one was given is in the other.
    func ids(on connection: LDAPConnection) async throws -> Set<EntryID> {
        guard var request = search else { return [] }
        request.attributes = [id.attribute]
        var found: Set<EntryID> = []
        for _ in 0..<2 {
            try await run(request, on: connection) { entries in
                for entry in entries { if let id = id.id(of: entry) { found.insert(id) } }
            }
        }
        return found
    }

    /// Those of `ids` that are still there, each asked for by its id.
    func confirmed(_ ids: [EntryID], on connection: LDAPConnection) async throws -> Set<EntryID> {
        var found: Set<EntryID> = []
        for start in stride(from: 0, to: ids.count, by: Self.width) {
            let part = ids[start..<min(start + Self.width, ids.count)]
            try await read(id.filter(part), on: connection) { found.formUnion($0.entries.map(\.id)) }
        }
        return found
    }

    /// Ends only when the server called everything a success.
    /// - Returns: how many continuation references came with it.
    @discardableResult
    private func run(
        _ request: SearchRequest,
        on connection: LDAPConnection,
        _ take: ([SearchEntry]) async throws -> Void
    ) async throws -> Int {
        guard isPaged else {
            var batches = try await connection.entries(request, deadline: Self.deadline).makeAsyncIterator()
            while let entries = try await batches.next() { try await take(entries) }
            return batches.references
        }
        var references = 0
        var cookie: [UInt8]?
        repeat {
            let page = try await connection.page(request, size: Self.pageSize, after: cookie, deadline: Self.deadline)
            try await take(page.entries)
            cookie = page.cookie
            references += page.references
        } while cookie != nil
        return references
    }

    private func batch(_ entries: [SearchEntry], _ connection: LDAPConnection) throws -> Batch {
        var batch = Batch()
        for entry in entries {
            guard let id = id.id(of: entry) else {
                throw FeedError(
                    .incomplete,
                    server: connection.server.uri,
                    detail: "\(entry.dn) shows no \(self.id.attribute); let the service account read it"
                )
            }
            if let fed = fed(entry, id) { batch.entries.append(fed) } else { batch.nameless.append(id) }
            batch.latest = max(batch.latest, entry.string(Self.modified) ?? "")
        }
        return batch
    }

    private func fed(_ entry: SearchEntry, _ id: EntryID) -> FedEntry? {
        let reader = EntryReader(users: settings.users, roles: settings.roles)
        switch scope {
        case .users:
            let account =
                product == .directoryServer389
                ? DirectoryServer389AccountState(maxFailure: nil).status(entry, now: clock.now)
                : OpenLDAPAccountState.status(
                    entry,
                    now: clock.now,
                    lockoutDuration: policies.lockoutDuration(of: entry)
                )
            return reader.user(entry, id: id, account: account).map(FedEntry.user)
        case .roles:
            return reader.role(entry, id: id).map(FedEntry.role)
        }
    }
}
