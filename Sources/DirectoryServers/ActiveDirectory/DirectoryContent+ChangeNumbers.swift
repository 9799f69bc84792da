import Identity
import LDAPClient
import Synchronizer

/// Reading by change numbers. They are those of one domain controller and mean nothing to another.
extension DirectoryContent {
    struct Named: Sendable {
        let guid: ObjectGUID
        let dn: String
    }

    /// Delivers what is in a scope and has a change number above this one, or everything.
    /// - Returns: what was delivered.
    func readChanged(_ scope: SyncScope, since number: UInt64?, _ deliver: Deliver) async throws -> [Named] {
        var found: [Named] = []
        let elsewhere = try await read(scope, number.map(Self.above)) { entries in
            let fed = try await fed(entries, scope)
            if !fed.isEmpty { try await deliver(.upserts(fed.map(\.entry))) }
            let delivered = Set(fed.map(\.guid))
            var nameless: [EntryID] = []
            for entry in entries {
                guard let guid = entry.objectGUID else { continue }
                if delivered.contains(guid) {
                    found.append(Named(guid: guid, dn: entry.dn))
                } else {
                    nameless.append(EntryID(guid))
                }
            }
            // Without a login or a name: nobody any more.
            if number != nil, !nameless.isEmpty { try await deliver(.removed(scope, nameless)) }
        }
        try await references.tell(scope, elsewhere, deliver)
        return found
    }

    /// The ids of everything in a scope, from two complete answers: who was moved while one was given is in the other.
    func identifiers(_ scope: SyncScope) async throws -> Set<EntryID> {
        guard let (base, filter, _) = search(scope) else { return [] }
        let request = SearchRequest(base: base, filter: filter, attributes: [ActiveDirectoryAttributes.objectGUID])
        var found: Set<EntryID> = []
        for _ in 0..<2 {
            try await pages(of: request) { entries in
                found.formUnion(entries.compactMap(\.objectGUID).map { EntryID($0) })
            }
        }
        return found
    }

    /// Whether a container changed since then: of the entries below one that is renamed or moved nothing is said.
    func hasMovedContainer(since number: UInt64, _ root: DistinguishedName) async throws -> Bool {
        let containers = Filter.or(
            Self.containerClasses.map { .equal(ActiveDirectoryAttributes.objectClass, $0) }
        )
        let request = SearchRequest(
            base: root,
            filter: .and([containers, Self.above(number)]),
            attributes: [ActiveDirectoryAttributes.objectGUID]
        )
        var hasMoved = false
        try await pages(of: request) { entries in hasMoved = hasMoved || !entries.isEmpty }
        return hasMoved
    }

    private static let containerClasses = ["organizationalUnit", "container", "builtinDomain"]

    private static func above(_ number: UInt64) -> Filter {
        .notBefore(ActiveDirectoryAttributes.changeNumber, "\(number &+ 1)")
    }
}
