package import Audit
import Identity

/// Looks at everybody in the mirror, page by page, and at what they registered.
package struct PolicySimulator: PolicyAdministration {
    /// People of one page of the census.
    private static let pageSize = 1000

    private let source: EnvironmentSource
    private let read: @Sendable (String) throws(ServiceError) -> PolicySet

    /// - Parameter read: checks the text of a configuration.
    package init(
        _ source: EnvironmentSource,
        read: @escaping @Sendable (String) throws(ServiceError) -> PolicySet
    ) {
        self.source = source
        self.read = read
    }

    package init(
        environment: ServiceEnvironment,
        read: @escaping @Sendable (String) throws(ServiceError) -> PolicySet
    ) {
        self.init(EnvironmentSource(environment), read: read)
    }

    private var environment: ServiceEnvironment { source.current }

    package func policies(by actor: AuditActor) async throws(ServiceError) -> PolicyCensus {
        var counts: [String: Int] = [:]
        var unmatched = 0
        var cursor: String?
        repeat {
            let page = try await people(limit: Self.pageSize, after: cursor)
            for user in page.people {
                if let name = environment.policies.policy(forRoles: user.roles)?.name {
                    counts[name, default: 0] += 1
                } else {
                    unmatched += 1
                }
            }
            cursor = page.next
        } while cursor != nil
        let items = environment.policies.policies.map { PolicyCensus.Item(policy: $0, people: counts[$0.name] ?? 0) }
        return PolicyCensus(items: items, unmatched: unmatched)
    }

    package func simulate(
        _ configuration: String,
        limit: Int,
        after cursor: String?,
        by actor: AuditActor
    ) async throws(ServiceError) -> PolicySimulation {
        let policies = try read(configuration)
        let page = try await people(limit: limit, after: cursor)
        var simulation = PolicySimulation(examined: page.people.count, next: page.next)
        for user in page.people {
            let stored = try await environment.vault { try await $0.registration(of: user.id) }
            let forecast = PolicyForecast(
                user: user,
                stored: stored,
                from: environment.policies,
                to: policies,
                now: environment.clock.now
            )
            for change in forecast.changes { simulation.counts[change, default: 0] += 1 }
            if forecast.changes.contains(where: \.isLoss) { simulation.affected.append(forecast) }
        }
        try await record(simulation, by: actor)
        return simulation
    }

    private func record(_ simulation: PolicySimulation, by actor: AuditActor) async throws(ServiceError) {
        let event = AuditEvent(
            .personLookedUp,
            .done,
            by: actor,
            details: ["listing": "policy-simulation", "count": String(simulation.affected.count)]
        )
        try await environment.vault { try await $0.append(event) }
    }

    private func people(
        limit: Int,
        after cursor: String?
    ) async throws(ServiceError) -> (people: [User], next: String?) {
        try await environment.mirror { try await $0.people(limit: limit, after: cursor) }
    }
}
