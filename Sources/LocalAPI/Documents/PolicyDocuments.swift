/// A policy in force.
package struct PolicyInForceDocument: Codable, Sendable, Equatable {
    package struct Method: Codable, Sendable, Equatable {
        package var kind: String
        package var via: [String]

        package init(kind: String, via: [String]) {
            self.kind = kind
            self.via = via
        }
    }

    package struct Register: Codable, Sendable, Equatable {
        package var minimum: Int
        package var strong: Int

        package init(minimum: Int, strong: Int) {
            self.minimum = minimum
            self.strong = strong
        }
    }

    package var name: String
    /// Absent: it matches everybody.
    package var roles: [String]?
    package var methods: [Method]
    package var register: Register
    package var gates: ExplanationDocument.Gates
    /// `password`, `candidate` or `pass`.
    package var enrol: String
    /// Living people whom it matches, by the mirror's roles.
    package var people: Int

    package init(
        name: String,
        roles: [String]?,
        methods: [Method],
        register: Register,
        gates: ExplanationDocument.Gates,
        enrol: String,
        people: Int
    ) {
        self.name = name
        self.roles = roles
        self.methods = methods
        self.register = register
        self.gates = gates
        self.enrol = enrol
        self.people = people
    }
}

/// The policies in force, in order: the first that matches holds.
package struct PolicyListDocument: Codable, Sendable, Equatable {
    package var items: [PolicyInForceDocument]
    /// Living people whom no policy matches.
    package var unmatched: Int
    package var freshness: FreshnessDocument

    package init(items: [PolicyInForceDocument], unmatched: Int, freshness: FreshnessDocument) {
        self.items = items
        self.unmatched = unmatched
        self.freshness = freshness
    }
}

/// One page of what other policies would do.
package struct PolicySimulationDocument: Codable, Sendable, Equatable {
    package struct Person: Codable, Sendable, Equatable {
        package var login: String
        package var displayName: String?
        /// The policy in force and the new one; absent: none matches.
        package var before: String?
        package var after: String?
        /// `loses-reset`, `loses-unlock`, `becomes-incomplete`, `changes-policy`, ….
        package var changes: [String]
        package var reasons: [ExplanationDocument.Finding]

        package init(
            login: String,
            displayName: String?,
            before: String?,
            after: String?,
            changes: [String],
            reasons: [ExplanationDocument.Finding]
        ) {
            self.login = login
            self.displayName = displayName
            self.before = before
            self.after = after
            self.changes = changes
            self.reasons = reasons
        }
    }

    /// People whom this page looked at.
    package var examined: Int
    /// How many of them would change in which way; every code is there.
    package var counts: [String: Int]
    /// Those who would lose something.
    package var items: [Person]
    /// The cursor of the next page; `null` on the last one.
    package var next: String?
    package var freshness: FreshnessDocument

    package init(
        examined: Int,
        counts: [String: Int],
        items: [Person],
        next: String?,
        freshness: FreshnessDocument
    ) {
        self.examined = examined
        self.counts = counts
        self.items = items
        self.next = next
        self.freshness = freshness
    }

    private enum CodingKeys: String, CodingKey { case examined, counts, items, next, freshness }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(examined, forKey: .examined)
        try container.encode(counts, forKey: .counts)
        try container.encode(items, forKey: .items)
        try container.encode(next, forKey: .next)
        try container.encode(freshness, forKey: .freshness)
    }
}
