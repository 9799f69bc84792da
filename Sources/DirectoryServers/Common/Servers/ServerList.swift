import LDAPClient

/// The servers behind the configured list, with what DNS says in its place. Pure: told what was found and when.
struct ServerList: Sendable {
    private let sources: [ServerSource]
    private var found: [ServiceDomain: (groups: [[LDAPServer]], until: ContinuousClock.Instant)] = [:]

    /// After DNS did not answer, what it said before is used for so long before it is asked again.
    static let retry = Duration.seconds(30)

    init(_ sources: [ServerSource]) { self.sources = sources }

    /// Domains that DNS should be asked for.
    func due(at now: ContinuousClock.Instant) -> [ServiceDomain] {
        sources.compactMap { source in
            guard case .discovered(let domain) = source else { return nil }
            if let known = found[domain], now < known.until { return nil }
            return domain
        }
    }

    /// In the order that is known, if the records are the same: an order at random must move nobody.
    mutating func take(_ new: ServerDiscovery.Found, of domain: ServiceDomain, at now: ContinuousClock.Instant) {
        let known = found[domain]?.groups ?? []
        let isSame = known.map(Set.init) == new.groups.map(Set.init)
        found[domain] = (isSame ? known : new.groups, now + new.lifetime)
    }

    mutating func failed(_ domain: ServiceDomain, at now: ContinuousClock.Instant) {
        // Nothing is known yet: everybody who asks may ask DNS.
        guard let known = found[domain] else { return }
        found[domain] = (known.groups, now + Self.retry)
    }

    /// Each server once, at its best rank.
    var ranked: [RankedServer] {
        var ranked: [RankedServer] = []
        var rank = 0
        for group in sources.flatMap(groups) {
            for server in group where !ranked.contains(where: { $0.server == server }) {
                ranked.append(RankedServer(server: server, rank: rank))
            }
            rank += 1
        }
        return ranked
    }

    private func groups(_ source: ServerSource) -> [[LDAPServer]] {
        switch source {
        case .named(let server): [[server]]
        case .discovered(let domain): found[domain]?.groups ?? []
        }
    }
}
