import Identity
import LDAPClient
import Synchronizer

/// The one stream of changes of a domain, which serves people and roles: what changed is read again.
struct DirSyncStream: Sendable {
    let connection: LDAPConnection
    let root: DistinguishedName
    let content: DirectoryContent
    let server: ServerClock

    /// For one DirSync search. A server may have to look through all of its partition.
    private static let deadline = Duration.seconds(120)
    /// Changes after which reading everything is cheaper than reading what changed.
    static let changesMax = 100_000

    /// What an entry is told of for.
    private var attributes: [AttributeName] {
        let settings = content.settings
        return ActiveDirectoryAttributes.life + ActiveDirectoryAttributes.state
            + [ActiveDirectoryAttributes.primaryGroup] + settings.users.attributes
            + (settings.roles?.attributes ?? [])
    }

    // MARK: Positions

    /// Where the server stands now: no entries, just a cookie.
    func position() async throws -> ActiveDirectoryCookie {
        let highest = try await server.highestChangeNumber()
        var position: [UInt8] = []
        while true {
            let response = try await search(.not(.present(ActiveDirectoryAttributes.objectClass)), position) { _ in }
            position = response.cookie
            guard response.hasMore else { break }
        }
        return ActiveDirectoryCookie(invocation: server.invocation, changeNumber: highest, position: position)
    }

    // MARK: Changes

    /// Delivers what changed since the cookie, and the new one where something did.
    func catchUp(
        from cookie: ActiveDirectoryCookie,
        _ deliver: DirectoryContent.Deliver
    ) async throws -> ActiveDirectoryCookie {
        var cookie = cookie
        while true {
            let highest = try await server.highestChangeNumber()
            try server.check(cookie, now: highest)
            var changes = DirSyncChanges()
            let response = try await search(.present(ActiveDirectoryAttributes.objectClass), cookie.position) { entry in
                changes.add(entry)
                guard changes.count <= Self.changesMax else {
                    throw server.rejection("more than \(Self.changesMax) changes; reading everything again")
                }
            }
            cookie = ActiveDirectoryCookie(
                invocation: server.invocation,
                changeNumber: highest,
                position: response.cookie
            )
            if !changes.isEmpty {
                try await apply(changes, deliver)
                try await self.deliver(cookie, deliver)
            }
            guard response.hasMore else { return cookie }
        }
    }

    func deliver(_ cookie: ActiveDirectoryCookie, _ deliver: DirectoryContent.Deliver) async throws {
        for scope in content.scopes { try await deliver(.cookie(scope, SyncCookie(bytes: cookie.bytes))) }
    }

    private func apply(_ changes: DirSyncChanges, _ deliver: DirectoryContent.Deliver) async throws {
        for scope in content.scopes {
            if !changes.deleted.isEmpty { try await deliver(.removed(scope, changes.deleted)) }
            try await content.readAgain(changes.changed, scope, deliver)
        }
        var hasMovedMany = false
        for moved in changes.moved {
            if try await readBelow(moved, deliver) { hasMovedMany = true }
        }
        guard content.settings.roles != nil else { return }
        // The server rewrites a group whose member was renamed or deleted, and says nothing of the group. Which
        // groups had somebody who is gone, nobody can tell any more.
        if hasMovedMany || changes.changesPrimaryGroup || !changes.deleted.isEmpty {
            return try await content.readAll(.roles, deliver)
        }
        try await readGroups(of: changes, deliver)
    }

    private func readGroups(of changes: DirSyncChanges, _ deliver: DirectoryContent.Deliver) async throws {
        guard let member = content.settings.roles?.member else { return }
        let groups = try await content.primaryGroups(of: changes.newcomers)
        let named = changes.moved.map { Filter.equal(member, $0.dn) }
        let primary = groups.map { Filter.equal(ActiveDirectoryAttributes.objectSid, octets: $0.bytes) }
        try await content.readGroups(named + primary, deliver)
    }

    private func readBelow(
        _ moved: DirSyncChanges.Moved,
        _ deliver: DirectoryContent.Deliver
    ) async throws -> Bool {
        var hasFound = false
        do {
            for scope in content.scopes {
                if try await content.readBelow(moved.guid, scope, deliver) { hasFound = true }
            }
        } catch let error as LDAPError where error.code == .noSuchObject {
            // Deleted since: that will be told. Otherwise it has moved to where we may not look, and took with it
            // whoever is below.
            guard try await connection.seesAmongDeleted(.objectGUID(moved.guid)) else {
                throw server.rejection("\(moved.dn) cannot be seen any more; reading everything again")
            }
        }
        return hasFound
    }

    // MARK: Searching

    private func search(
        _ filter: Filter,
        _ position: [UInt8],
        _ take: (SearchEntry) throws -> Void
    ) async throws -> DirSyncResponse {
        do {
            var search = try await DirSyncSearch(
                on: connection,
                root: root,
                filter: filter,
                attributes: attributes,
                cookie: position,
                deadline: Self.deadline
            )
            while let entries = try await search.next() { try entries.forEach(take) }
            guard let response = search.response else { throw CancellationError() }
            return response
        } catch let error as LDAPError {
            throw explained(error)
        }
    }

    /// ERROR_DS_DRA_… in a diagnostic: the cookie is none of the server's.
    private static let badCookie = "0000202C"

    private func explained(_ error: LDAPError) -> any Error {
        if error.code == .unavailableCriticalExtension, error.diagnostic.contains(Self.badCookie) {
            return server.rejection("the server does not take the cookie; reading everything again")
        }
        guard error.code == .insufficientAccess else { return error }
        return FeedError(
            .credentials,
            server: connection.server.uri,
            detail: "the service account may not follow changes; grant it \"Replicating Directory Changes\" "
                + "on \(root.text) (\(error.diagnostic))"
        )
    }
}
