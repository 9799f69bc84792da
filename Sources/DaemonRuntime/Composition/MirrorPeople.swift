import Identity
import SelfService
import Synchronizer

/// The mirror, as the services see it: who is meant by a login, an id or an address.
struct MirrorPeople: PeopleDirectory {
    let mirror: any MirrorReader

    func person(login: String) async throws -> User? { try await mirror.user(login: login) }

    func person(id: EntryID) async throws -> User? {
        let user = try await mirror.user(id: id)
        return user?.account.state == .deleted ? nil : user
    }

    func contactTimes(of id: EntryID) async throws -> ContactTimes? { try await mirror.contactTimes(of: id) }

    func people(limit: Int, after cursor: String?) async throws -> (people: [User], next: String?) {
        let page = try await mirror.users(UserQuery(limit: limit, cursor: cursor))
        return (page.items, page.next)
    }

    func mirroredRoles(of id: EntryID) async throws -> MirroredRoles? {
        try await mirror.standing(of: id).map {
            MirroredRoles(all: $0.roles, held: $0.heldRoles, isEntryHeld: $0.isEntryHeld)
        }
    }

    func people(email: String) async throws -> [User] { try await mirror.users(email: email) }

    func people(role: String?, after cursor: String?, limit: Int) async throws -> PeoplePage? {
        guard let role else { return PeoplePage(try await mirror.users(UserQuery(limit: limit, cursor: cursor))) }
        let bearers = try await mirror.roles(named: role)
        guard let first = bearers.first else { return nil }
        if bearers.count == 1 {
            return PeoplePage(try await mirror.members(of: first.id, limit: limit, after: cursor))
        }
        // Several groups of one name are one role, as they are to the policies.
        var page = PeoplePage(try await mirror.users(UserQuery(limit: limit, cursor: cursor)))
        page.people.removeAll { user in !user.roles.contains { MatchKey($0) == MatchKey(role) } }
        return page
    }
}

extension PeoplePage {
    fileprivate init(_ page: Page<User>) { self.init(people: page.items, next: page.next) }
}
