import Identity
import LDAPClient
import Synchronizer

/// Follows the containers below one base, by a content synchronisation of their own.
struct ContainerWatch: Sendable {
    let base: DistinguishedName
    /// What the server's content synchronisation has as UUID.
    let id: AttributeName

    /// The classes of entries that people and groups are usually put below (RFC 4519, RFC 2247, AD's `container`).
    private static let classes = [
        "organizationalUnit", "organization", "domain", "dcObject", "locality", "country", "container",
    ]
    private static let created: AttributeName = "createTimestamp"
    private static let modified: AttributeName = "modifyTimestamp"
    private static let limit = 100_000

    /// One watch for each base that is not below another one.
    static func all(_ settings: DirectorySettings, id: AttributeName) -> [ContainerWatch] {
        let bases = [settings.users.base] + (settings.roles.map { [$0.base] } ?? [])
        var outer: [DistinguishedName] = []
        for base in bases where !outer.contains(where: { base == $0 || base.isDescendant(of: $0) }) {
            outer.removeAll { $0.isDescendant(of: base) }
            outer.append(base)
        }
        return outer.map { ContainerWatch(base: $0, id: id) }
    }

    private var request: SearchRequest {
        SearchRequest(
            base: base,
            filter: .or(Self.classes.map { .equal("objectClass", $0) }),
            attributes: [id, Self.created, Self.modified]
        )
    }

    func read(on connection: LDAPConnection) async throws -> ContainerSet {
        var names: [EntryID: String] = [:]
        for entry in try await connection.search(request, entriesMax: Self.limit) {
            guard let id = entry.string(self.id).flatMap({ EntryID($0) }) else { continue }
            names[id] = EntryReader.key(entry.dn)?.text
        }
        return ContainerSet(names)
    }

    /// Watches until it is cancelled.
    /// - Throws: ``FeedError`` of code ``FeedError/Code/containerMoved`` as soon as `held` is not right any more.
    func run(_ held: ContainerSet, on connection: LDAPConnection) async throws -> Never {
        var missing: Set<EntryID>? = held.ids
        for try await messages in try await connection.sync(
            SyncSearchRequest(search: request, mode: .refreshAndPersist)
        ) {
            for message in messages {
                switch message {
                case .entry(let entry):
                    missing?.remove(EntryID(folding: entry.id.bytes))
                    try check(entry, held, connection)
                case .refreshDelete, .refreshPresent:
                    if missing?.isEmpty == false { throw Self.moved(base, connection) }
                    missing = nil
                default: break
                }
            }
        }
        throw FeedError(
            .incomplete,
            server: connection.server.uri,
            detail: "the server ended a search that was to go on; see its log"
        )
    }

    private func check(_ entry: SyncEntry, _ held: ContainerSet, _ connection: LDAPConnection) throws {
        let name = entry.state == .delete ? nil : EntryReader.key(entry.entry.dn)?.text
        let created = entry.entry.string(Self.created)
        let verdict = held.judge(
            EntryID(folding: entry.id.bytes),
            name,
            isUntouched: created != nil && created == entry.entry.string(Self.modified)
        )
        if verdict == .moved { throw Self.moved(entry.entry.dn, connection) }
    }

    private static func moved(_ what: some CustomStringConvertible, _ connection: LDAPConnection) -> FeedError {
        FeedError(
            .containerMoved,
            server: connection.server.uri,
            detail: "\(what) was renamed, moved or removed, and servers do not tell what becomes of the entries below; "
                + "reading everything again"
        )
    }
}
