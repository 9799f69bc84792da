import LDAPClient

/// The roles that somebody holds at this moment, asked of the server level by level.
struct LiveRoles {
    let mapping: RoleMapping?
    let users: UserMapping
    /// Finds the groups that hold the person without a membership that could be looked for.
    var silent: Filter?

    /// Deeper nesting than this is refused: the roles would be incomplete, and a policy could be too lenient.
    static let depthLimit = 64
    /// Names in one filter.
    private static let width = 100
    private static let roleLimit = 10_000

    /// - Parameter login: as the directory writes it, for groups that name logins.
    /// - Returns: the names, sorted, each once.
    func names(
        holding dn: DistinguishedName,
        login: String,
        on connection: LDAPConnection
    ) async throws(LDAPError) -> [String] {
        guard let mapping else { return [] }
        if mapping.namesLogins { return try await names(ofLogin: login, mapping, on: connection) }
        var found: [DistinguishedName: String] = [:]
        var frontier = [dn]
        if let silent {
            for entry in try await groups(silent, mapping, on: connection) {
                let name = try DistinguishedName(entry.dn)
                found[name] = entry.string(mapping.name) ?? ""
                frontier.append(name)
            }
        }
        var depth = 0
        while !frontier.isEmpty {
            depth += 1
            guard depth <= Self.depthLimit else {
                throw LDAPError(.limitExceeded, operation: "roles", diagnostic: "roles are nested too deeply")
            }
            var next: [DistinguishedName] = []
            for entry in try await holders(of: frontier, mapping, on: connection) {
                let name = try DistinguishedName(entry.dn)
                guard found[name] == nil else { continue }
                found[name] = entry.string(mapping.name) ?? ""
                next.append(name)
            }
            frontier = next
        }
        return Set(found.values).sorted()
    }

    /// Groups that name logins are not nested. A login of several people is refused: what it holds would be everybody's.
    private func names(
        ofLogin login: String,
        _ mapping: RoleMapping,
        on connection: LDAPConnection
    ) async throws(LDAPError) -> [String] {
        let bearers = SearchRequest(
            base: users.base,
            filter: .and([users.filter, .equal(users.login, login)]),
            attributes: ["1.1"]
        )
        guard try await connection.search(bearers).count <= 1 else {
            throw LDAPError(.limitExceeded, operation: "roles", diagnostic: "several entries have the same login")
        }
        let groups = SearchRequest(
            base: mapping.base,
            filter: .and([mapping.filter, .equal(mapping.member, login)]),
            attributes: [mapping.name]
        )
        let entries = try await connection.search(groups, entriesMax: Self.roleLimit)
        return Set(entries.map { $0.string(mapping.name) ?? "" }).sorted()
    }

    private func holders(
        of members: [DistinguishedName],
        _ mapping: RoleMapping,
        on connection: LDAPConnection
    ) async throws(LDAPError) -> [SearchEntry] {
        var entries: [SearchEntry] = []
        for start in stride(from: 0, to: members.count, by: Self.width) {
            let part = members[start..<min(start + Self.width, members.count)]
            entries += try await groups(.or(part.map { .equal(mapping.member, $0.text) }), mapping, on: connection)
        }
        return entries
    }

    private func groups(
        _ filter: Filter,
        _ mapping: RoleMapping,
        on connection: LDAPConnection
    ) async throws(LDAPError) -> [SearchEntry] {
        let filter = Filter.and([mapping.filter, filter])
        let request = SearchRequest(base: mapping.base, filter: filter, attributes: [mapping.name])
        return try await connection.search(request, entriesMax: Self.roleLimit)
    }
}
