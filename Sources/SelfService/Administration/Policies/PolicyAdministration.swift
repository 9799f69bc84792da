package import Audit

/// What the admin socket may ask about policies. Nothing of it changes anything.
package protocol PolicyAdministration: Sendable {
    /// The policies in force, in order, each with how many living people it matches.
    func policies(by actor: AuditActor) async throws(ServiceError) -> PolicyCensus

    /// What other policies would do to the next people of the mirror, by login.
    /// - Parameters:
    ///   - configuration: the text of a configuration, or of its `policies` alone.
    ///   - limit: people looked at, 1…1000.
    ///   - cursor: of the page before; nil for the first one.
    /// - Throws: `invalidValue` with every fault of the text, each with its line.
    func simulate(
        _ configuration: String,
        limit: Int,
        after cursor: String?,
        by actor: AuditActor
    ) async throws(ServiceError) -> PolicySimulation
}

/// How many people each policy matches, by the mirror's roles.
package struct PolicyCensus: Sendable, Equatable {
    package struct Item: Sendable, Equatable {
        package var policy: Policy
        package var people: Int

        package init(policy: Policy, people: Int) {
            self.policy = policy
            self.people = people
        }
    }

    package var items: [Item]
    /// People whom no policy matches.
    package var unmatched: Int

    package init(items: [Item], unmatched: Int) {
        self.items = items
        self.unmatched = unmatched
    }
}

/// One page of a simulation: so many people were looked at, and those of them who would lose something are named.
package struct PolicySimulation: Sendable, Equatable {
    package var examined: Int
    /// How many would change in which way, gains included.
    package var counts: [PolicyChange: Int]
    package var affected: [PolicyForecast]
    package var next: String?

    package init(
        examined: Int = 0,
        counts: [PolicyChange: Int] = [:],
        affected: [PolicyForecast] = [],
        next: String? = nil
    ) {
        self.examined = examined
        self.counts = counts
        self.affected = affected
        self.next = next
    }
}
