import Foundation
import GRDB
package import Identity
package import Synchronizer

extension MirrorDatabase: MirrorReader {
    /// The most people that are given for one address; a longer list says nothing more.
    static let addressLimit = 100
    static let pageLimit = 1000

    /// An ambiguous login is nobody's: whoever asks wants to act on one person.
    package func user(login: String) async throws -> User? {
        let key = MatchKey(login).text
        guard !key.isEmpty else { return nil }
        let found = try await read { db in
            try PersonQuery(db: db, now: now).people(where: "login_key = ? AND deleted_at IS NULL LIMIT 2", [key])
        }
        return found.count == 1 ? found.first : nil
    }

    package func user(id: EntryID) async throws -> User? {
        try await read { db in try PersonQuery(db: db, now: now).people(where: "uuid = ?", [Data(id.bytes)]).first }
    }

    package func standing(of person: EntryID) async throws -> HeldStanding? {
        try await read { db in try HeldStandingQuery(db: db).standing(of: person) }
    }

    package func contactTimes(of person: EntryID) async throws -> ContactTimes? {
        try await read { db in try PersonQuery(db: db, now: now).contactTimes(of: person) }
    }

    package func users(email: String) async throws -> [User] {
        let key = MatchKey(email).text
        guard !key.isEmpty else { return [] }
        return try await read { db in
            try PersonQuery(db: db, now: now).people(
                where: "email_key = ? AND deleted_at IS NULL ORDER BY login_key, id LIMIT ?",
                [key, Self.addressLimit]
            )
        }
    }

    package func users(_ query: UserQuery) async throws -> Page<User> {
        let cursor = try decode(query.cursor)
        let words = query.text.map(SearchWords.sought)
        if let words, words.isEmpty { return Page(items: [], next: nil) }
        let limit = Self.bounded(query.limit)
        return try await read { db in
            var filter = PersonFilter(state: query.state, words: words ?? [], now: now)
            filter.after(cursor)
            return try PersonQuery(db: db, now: now).page(where: filter.condition, filter.arguments, limit: limit)
        }
    }

    package func roles(named name: String) async throws -> [Role] {
        let key = MatchKey(name)
        return try await read { db in try RoleQuery(db: db).roles(titled: key) }
    }

    package func roles(limit: Int, after cursor: String?) async throws -> Page<Role> {
        let place = try decode(cursor)
        return try await read { db in try RoleQuery(db: db).page(limit: Self.bounded(limit), after: place) }
    }

    package func members(of role: EntryID, limit: Int, after cursor: String?) async throws -> Page<User> {
        let place = try decode(cursor)
        return try await read { db in
            guard let row = try EntryRemover.find(.roles, role, db) else { return Page(items: [], next: nil) }
            return try PersonQuery(db: db, now: now).page(
                where: "\(RoleClosure.isMember) AND (login_key, id) > (?2, ?3)",
                [row, place?.key ?? "", place?.row ?? 0],
                limit: Self.bounded(limit)
            )
        }
    }

    package func counts() async throws -> (users: Int, roles: Int) {
        let state = try await state()
        return (state.users, state.roles)
    }

    private var now: Date { clock.now }

    private static func bounded(_ limit: Int) -> Int { min(max(limit, 1), pageLimit) }

    private func decode(_ cursor: String?) throws -> ListCursor? {
        guard let cursor else { return nil }
        guard let place = ListCursor(cursor) else { throw UnknownCursor() }
        return place
    }
}
