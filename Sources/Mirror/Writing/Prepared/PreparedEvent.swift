import Identity
import Synchronizer

/// What a refresh delivers (``StagedEvent``), ready to be written. Made before the writer is entered, so that the next
/// ones are made while the last ones are written.
enum PreparedEvent: Sendable {
    case upserts([PreparedEntries])
    case present(SyncScope, [EntryID])
    case removed(SyncScope, [EntryID])
    case cookie(SyncScope, SyncCookie)

    init(_ event: StagedEvent) {
        switch event {
        case .upserts(let entries): self = .upserts(PreparedEntries.list(entries))
        case .present(let scope, let ids): self = .present(scope, ids)
        case .removed(let scope, let ids): self = .removed(scope, ids)
        case .cookie(let scope, let cookie): self = .cookie(scope, cookie)
        }
    }
}

/// People who came one after the other, or a role.
enum PreparedEntries: Sendable {
    case people(PersonRows)
    case role(RoleRow)

    var scope: SyncScope {
        switch self {
        case .people: .users
        case .role: .roles
        }
    }

    /// People, or a role's memberships.
    var rowCount: Int {
        switch self {
        case .people(let rows): rows.count
        case .role(let role): role.members.count
        }
    }

    /// In the order in which they came: a name goes to whoever was delivered with it last.
    static func list(_ entries: [FedEntry]) -> [PreparedEntries] {
        var list: [PreparedEntries] = []
        var people = PersonRows()
        for entry in entries {
            switch entry {
            case .user(let user): people.append(user)
            case .role(let role):
                if !people.isEmpty { list.append(.people(people)) }
                people = PersonRows()
                list.append(.role(RoleRow(role)))
            }
        }
        return people.isEmpty ? list : list + [.people(people)]
    }
}
