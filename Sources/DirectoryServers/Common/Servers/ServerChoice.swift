import LDAPClient

/// Decides which server is used. Pure: no I/O, and the time is told.
///
/// One server is in use at a time, by everybody. It is kept while it works, also when a preferred one is back:
/// every change costs the follower a reconnection. A server that failed is avoided for a growing time. The way
/// back is taken only to a server of a better rank that has answered probes for a while.
struct ServerChoice: Sendable {
    private(set) var servers: [RankedServer] = []
    private(set) var current: LDAPServer?
    private var health: [LDAPServer: ServerHealth] = [:]
    let rules: FailoverRules

    init(rules: FailoverRules) { self.rules = rules }

    /// Takes over a new list. What is known of the servers that stay is kept.
    mutating func use(_ list: [RankedServer]) {
        servers = list
        let names = Set(list.map(\.server))
        health = health.filter { names.contains($0.key) }
        if let server = current, !names.contains(server) { current = nil }
    }

    /// In which order to try: the one in use, then those that are not avoided, then of the avoided ones the one
    /// that is most likely to be back. Trying them all would make everybody wait for every server that is down.
    func candidates(at now: ContinuousClock.Instant) -> [LDAPServer] {
        let good = servers.map(\.server).filter { !isAvoided($0, at: now) }
        let avoided = servers.map(\.server).filter { isAvoided($0, at: now) }
        let kept = good.filter { $0 == current } + good.filter { $0 != current }
        return kept + (avoided.min { isSooner($0, $1) }.map { [$0] } ?? [])
    }

    private func isSooner(_ first: LDAPServer, _ second: LDAPServer) -> Bool {
        let (one, other) = (known(first), known(second))
        if (one.healthySince == nil) != (other.healthySince == nil) { return one.healthySince != nil }
        guard let end = one.avoidedUntil, let otherEnd = other.avoidedUntil else { return one.avoidedUntil == nil }
        return end < otherEnd
    }

    /// A connection stands and is bound. The server becomes the one in use unless the one in use works.
    mutating func connected(_ server: LDAPServer, at now: ContinuousClock.Instant) {
        guard contains(server) else { return }
        health[server, default: ServerHealth()].connected(at: now)
        guard let used = current, used != server, !isAvoided(used, at: now) else { return current = server }
    }

    /// - Parameter begin: when the attempt began.
    mutating func failed(
        _ server: LDAPServer,
        begun begin: ContinuousClock.Instant,
        at now: ContinuousClock.Instant
    ) {
        guard contains(server) else { return }
        health[server, default: ServerHealth()].failed(begun: begin, at: now, rules)
    }

    mutating func probed(_ server: LDAPServer, answered: Bool, at now: ContinuousClock.Instant) {
        guard contains(server) else { return }
        health[server, default: ServerHealth()].probed(answered: answered, at: now)
    }

    /// Those that are preferred to the one in use: worth a probe.
    var preferred: [LDAPServer] {
        guard let rank = rank(of: current) else { return [] }
        return servers.filter { $0.rank < rank }.map(\.server)
    }

    /// The best server that is settled and better than the one in use.
    func wayBack(at now: ContinuousClock.Instant) -> LDAPServer? {
        preferred.first { known($0).isSettled(at: now, rules) }
    }

    /// Goes there.
    /// - Returns: the one that is left.
    mutating func goBack(at now: ContinuousClock.Instant) -> LDAPServer? {
        guard let left = current, let best = wayBack(at: now) else { return nil }
        current = best
        return left
    }

    func isAvoided(_ server: LDAPServer, at now: ContinuousClock.Instant) -> Bool { known(server).isAvoided(at: now) }

    private func known(_ server: LDAPServer) -> ServerHealth { health[server] ?? ServerHealth() }

    private func contains(_ server: LDAPServer) -> Bool { servers.contains { $0.server == server } }

    private func rank(of server: LDAPServer?) -> Int? { servers.first { $0.server == server }?.rank }
}
