import Identity
import LocalAPI
import SelfService

extension PolicyListDocument {
    init(_ census: PolicyCensus, freshness: FreshnessDocument) {
        self.init(
            items: census.items.map(PolicyInForceDocument.init),
            unmatched: census.unmatched,
            freshness: freshness
        )
    }
}

extension PolicyInForceDocument {
    init(_ item: PolicyCensus.Item) {
        let policy = item.policy
        self.init(
            name: policy.name,
            roles: policy.roles,
            methods: policy.methods.map { Method(kind: $0.kind.rawValue, via: $0.via.map(\.rawValue)) },
            register: Register(minimum: policy.register.minimum, strong: policy.register.strong),
            gates: ExplanationDocument.Gates(reset: policy.resetGates, unlock: policy.unlockGates),
            enrol: policy.enrolment.rawValue,
            people: item.people
        )
    }
}

extension PolicySimulationDocument {
    init(_ simulation: PolicySimulation, freshness: FreshnessDocument) {
        let counts = PolicyChange.allCases.map { ($0.rawValue, simulation.counts[$0] ?? 0) }
        self.init(
            examined: simulation.examined,
            counts: Dictionary(uniqueKeysWithValues: counts),
            items: simulation.affected.map(Person.init),
            next: simulation.next,
            freshness: freshness
        )
    }
}

extension PolicySimulationDocument.Person {
    init(_ forecast: PolicyForecast) {
        self.init(
            login: forecast.user.login,
            displayName: forecast.user.displayName,
            before: forecast.before,
            after: forecast.after,
            changes: forecast.changes.map(\.rawValue),
            reasons: forecast.reasons.map { .init(code: $0.code, blocks: $0.blocks, text: $0.text) }
        )
    }
}
