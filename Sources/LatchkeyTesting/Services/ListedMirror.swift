package import Identity
import Synchronization
package import Synchronizer

/// A mirror of the people and roles that a test lists.
package final class ListedMirror: MirrorReader {
    private let people: [User]
    private let groups: [Role]
    private let current: Mutex<Int64>
    private let failure = Mutex(false)

    package init(
        people: [User] = [SamplePeople.alice, SamplePeople.bob],
        roles: [Role] = [SamplePeople.staff],
        generation: Int64 = 7
    ) {
        self.people = people.sorted { $0.login < $1.login }
        groups = roles.sorted { $0.name < $1.name }
        current = Mutex(generation)
    }

    package var generation: Int64 { current.withLock { $0 } }
    package func become(generation: Int64) { current.withLock { $0 = generation } }
    package func breakDown() { failure.withLock { $0 = true } }

    private func check() throws {
        if failure.withLock({ $0 }) { throw BrokenMirror() }
    }

    package func user(login: String) async throws -> User? {
        try check()
        return people.first { $0.login == login }
    }

    package func user(id: EntryID) async throws -> User? { people.first { $0.id == id } }

    package func contactTimes(of person: EntryID) async throws -> ContactTimes? {
        try await user(id: person).map { _ in ContactTimes() }
    }

    package func standing(of person: EntryID) async throws -> HeldStanding? {
        people.first { $0.id == person }.map { HeldStanding(roles: $0.roles) }
    }

    package func users(email: String) async throws -> [User] { people.filter { $0.email == email } }

    package func users(_ query: UserQuery) async throws -> Page<User> {
        try check()
        let found = people.filter { user in
            (query.state.map { user.account.state == $0 } ?? (user.account.state != .deleted))
                && (query.text.map { user.login.hasPrefix($0) } ?? true)
        }
        return Self.page(found, limit: query.limit, after: query.cursor, key: \.login)
    }

    package func roles(named name: String) async throws -> [Role] { groups.filter { $0.name == name } }

    package func roles(limit: Int, after cursor: String?) async throws -> Page<Role> {
        Self.page(groups, limit: limit, after: cursor, key: \.name)
    }

    package func members(of role: EntryID, limit: Int, after cursor: String?) async throws -> Page<User> {
        let name = groups.first { $0.id == role }?.name ?? ""
        return Self.page(people.filter { $0.roles.contains(name) }, limit: limit, after: cursor, key: \.login)
    }

    package func counts() async throws -> (users: Int, roles: Int) { (people.count, groups.count) }

    private static func page<Item>(
        _ items: [Item],
        limit: Int,
        after cursor: String?,
        key: (Item) -> String
    ) -> Page<Item> {
        let rest = items.filter { item in cursor.map { key(item) > $0 } ?? true }
        let page = Array(rest.prefix(limit))
        return Page(items: page, next: rest.count > limit ? page.last.map(key) : nil)
    }
}

/// What a mirror throws that cannot be read.
package struct BrokenMirror: Error {}
