import Identity
import LDAPClient
import Synchronizer

/// A domain that is asked by change numbers: who is known, and up to which number it was asked.
struct PolledDomain: Sendable {
    let content: DirectoryContent
    let root: DistinguishedName
    let server: ServerClock
    private var known: [SyncScope: Set<EntryID>] = [:]
    /// All changes up to here were read.
    private var mark: UInt64 = 0

    /// Who is renamed is called otherwise in groups, whose own change number stays. For more than so many people
    /// who changed at once, all groups are read instead of those of each.
    private static let peopleMax = 500
    /// More entries that are gone at once are for the guards of a refresh to judge, which see them together.
    private static let removalsMax = 50

    init(content: DirectoryContent, root: DistinguishedName, server: ServerClock) {
        self.content = content
        self.root = root
        self.server = server
    }

    // MARK: Refreshing

    /// Everything, or what changed since the cookies and who is still there.
    mutating func refresh(from cookies: [SyncScope: SyncCookie], _ deliver: DirectoryContent.Deliver) async throws {
        let start = try await server.highestChangeNumber()
        if let since = try position(cookies, now: start), try await !content.hasMovedContainer(since: since, root) {
            _ = try await content.readChanged(.users, since: since, deliver)
            known[.users] = try await content.identifiers(.users)
            try await deliver(.present(.users, Array(known[.users] ?? [])))
            if content.scopes.contains(.roles) { known[.roles] = try await everything(.roles, deliver) }
        } else {
            for scope in content.scopes { known[scope] = try await everything(scope, deliver) }
        }
        mark = start
        try await deliverCookie(deliver)
        for scope in content.scopes { try await deliver(.refreshed(scope, .presentPhase)) }
    }

    /// Nil unless every scope has a cookie.
    private func position(_ cookies: [SyncScope: SyncCookie], now: UInt64) throws -> UInt64? {
        var oldest: UInt64?
        for scope in content.scopes {
            guard let bytes = cookies[scope]?.bytes else { return nil }
            guard let cookie = ActiveDirectoryCookie(bytes) else {
                throw server.rejection("the stored cookie is damaged; reading everything again")
            }
            try server.check(cookie, now: now)
            oldest = min(oldest ?? cookie.changeNumber, cookie.changeNumber)
        }
        return oldest
    }

    // MARK: Following

    /// What changed since the last question.
    mutating func ask(_ deliver: DirectoryContent.Deliver) async throws {
        let start = try await server.highestChangeNumber()
        guard start != mark else { return }
        try server.check(cookie, now: start)
        guard try await !content.hasMovedContainer(since: mark, root) else { return try await audit(deliver) }
        let people = try await content.readChanged(.users, since: mark, deliver)
        known[.users, default: []].formUnion(people.map { EntryID($0.guid) })
        if content.scopes.contains(.roles) {
            let groups = try await content.readChanged(.roles, since: mark, deliver)
            known[.roles, default: []].formUnion(groups.map { EntryID($0.guid) })
            try await readGroups(of: people, deliver)
        }
        mark = start
        try await deliverCookie(deliver)
    }

    private func readGroups(of people: [DirectoryContent.Named], _ deliver: DirectoryContent.Deliver) async throws {
        guard let member = content.settings.roles?.member, !people.isEmpty else { return }
        guard people.count <= Self.peopleMax else { return try await content.readAll(.roles, deliver) }
        let primary = try await content.primaryGroups(of: people.map(\.guid))
        try await content.readGroups(
            people.map { .equal(member, $0.dn) }
                + primary.map { .equal(ActiveDirectoryAttributes.objectSid, octets: $0.bytes) },
            deliver
        )
    }

    /// Reads everything again. Who is missing from a complete answer, and then not found by its id either, is gone.
    mutating func audit(_ deliver: DirectoryContent.Deliver) async throws {
        let start = try await server.highestChangeNumber()
        try server.check(cookie, now: start)
        for scope in content.scopes {
            let before = known[scope] ?? []
            let seen = try await everything(scope, deliver)
            let missing = before.subtracting(seen)
            // Most of them too: told one by one, all but the last would count as few.
            guard missing.count <= Self.removalsMax, missing.count * 2 <= before.count else {
                throw server.rejection("\(missing.count) entries are gone at once; reading everything again")
            }
            let gone = try await content.readAgain(missing.compactMap { ObjectGUID($0) }, scope, deliver)
            known[scope] = seen.union(missing).subtracting(gone)
        }
        mark = start
        try await deliverCookie(deliver)
    }

    private func everything(
        _ scope: SyncScope,
        _ deliver: DirectoryContent.Deliver
    ) async throws -> Set<EntryID> {
        Set(try await content.readChanged(scope, since: nil, deliver).map { EntryID($0.guid) })
    }

    // MARK: Cookies

    /// Its position is a filler: the number says everything.
    private var cookie: ActiveDirectoryCookie {
        ActiveDirectoryCookie(invocation: server.invocation, changeNumber: mark, position: [0])
    }

    private func deliverCookie(_ deliver: DirectoryContent.Deliver) async throws {
        for scope in content.scopes { try await deliver(.cookie(scope, SyncCookie(bytes: cookie.bytes))) }
    }
}
