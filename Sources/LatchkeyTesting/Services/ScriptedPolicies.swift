package import Audit
import Identity
package import SelfService

/// Policies of two people, of whom Bob would lose something. A text that is `wrong` has a fault.
package actor ScriptedPolicies: PolicyAdministration {
    package private(set) var asked: [(limit: Int, cursor: String?)] = []

    package init() {}

    package func policies(by actor: AuditActor) async throws(ServiceError) -> PolicyCensus {
        let policy = Policy(
            name: "staff",
            roles: ["staff"],
            methods: [AllowedMethod(.email)],
            register: .init(minimum: 2, strong: 1),
            resetGates: 2,
            unlockGates: 1
        )
        return PolicyCensus(items: [.init(policy: policy, people: 41)], unmatched: 3)
    }

    package func simulate(
        _ configuration: String,
        limit: Int,
        after cursor: String?,
        by actor: AuditActor
    ) async throws(ServiceError) -> PolicySimulation {
        guard configuration != "wrong" else {
            throw ServiceError(.invalidValue, "configuration:1:1: expected keys and values", field: "configuration")
        }
        asked.append((limit, cursor))
        guard cursor != nil else { return PolicySimulation(examined: 1, counts: [.gainsUnlock: 1], next: "second") }
        let policies = PolicySet(policies: [
            Policy(name: "new", methods: [AllowedMethod(.email)], register: .init(minimum: 1), resetGates: 1)
        ])
        var forecast = PolicyForecast(
            user: SamplePeople.bob,
            stored: StoredRegistration(person: SamplePeople.bob.id),
            from: policies,
            to: policies,
            now: SamplePeople.time
        )
        forecast.changes = [.losesReset]
        forecast.reasons = [
            .init(code: "too-few-gates", blocks: true, text: "The usable methods pass 1 of the 2 gates.")
        ]
        return PolicySimulation(examined: 1, counts: [.losesReset: 1], affected: [forecast])
    }
}
