import Identity
import LatchkeyTesting
import Synchronizer

/// What the mirror must hold, in dictionaries and without any thought of speed.
struct DirectoryModel: Equatable {
    var people: [EntryID: FedUser] = [:]
    var deleted: Set<EntryID> = []
    var groups: [EntryID: FedRole] = [:]
    /// Who bears a name: whoever was delivered with it last.
    private var bearers: [DNKey: EntryID] = [:]

    mutating func upsert(_ entry: FedEntry) {
        for (name, bearer) in bearers where bearer == entry.id { bearers[name] = nil }
        switch entry {
        case .user(let user):
            people[user.id] = user
            deleted.remove(user.id)
            bearers[user.dnKey] = user.id
        case .role(let role):
            groups[role.id] = role
            bearers[role.dnKey] = role.id
        }
    }

    mutating func remove(_ id: EntryID) {
        for (name, bearer) in bearers where bearer == id { bearers[name] = nil }
        if people.removeValue(forKey: id) != nil { deleted.insert(id) }
        groups[id] = nil
    }

    func ids(_ scope: SyncScope) -> Set<EntryID> { scope == .users ? Set(people.keys) : Set(groups.keys) }

    /// Nil where another person has the same one.
    private func ownLogin(of person: EntryID) -> String? {
        guard let login = people[person]?.login else { return nil }
        let bearers = people.values.filter { $0.login.lowercased() == login.lowercased() }
        return bearers.count == 1 ? login : nil
    }

    func roles(of person: EntryID) -> [String] {
        var names = Set(bearers.filter { $0.value == person }.keys)
        var held: Set<EntryID> = []
        let login = ownLogin(of: person)
        while true {
            let next = groups.values.filter { group in
                let isNamed = !names.isDisjoint(with: group.members) || login.map(group.logins.contains) == true
                return !held.contains(group.id) && isNamed
            }
            guard !next.isEmpty else { return Set(held.compactMap { groups[$0]?.name }).sorted() }
            held.formUnion(next.map(\.id))
            names.formUnion(next.map(\.dnKey).filter { key in next.contains { bearers[key] == $0.id } })
        }
    }
}
