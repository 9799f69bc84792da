import LocalAPI

extension Sample {
    private typealias Parts = SampleParts

    private static func page(_ name: String, _ items: [some Codable & Sendable]) throws -> Sample {
        try Sample(name, ListDocument(items: items, next: nil, freshness: Parts.freshness))
    }

    static func people() throws -> [Sample] {
        let standings = [nil, "x"].map {
            StandingDocument(
                id: "1",
                login: "alice",
                displayName: $0,
                registration: "none",
                policy: $0,
                methods: 0,
                canReset: false,
                canUnlock: false,
                reasons: ["no-methods"],
                drift: ["email"]
            )
        }
        return try [
            explanation(bare: true), explanation(bare: false), page("Standings", standings),
            page("Methods", [Parts.method, Parts.fullMethod]),
        ]
    }

    private static func explanation(bare: Bool) throws -> Sample {
        var explanation = ExplanationDocument(
            user: bareUser,
            live: true,
            canReset: false,
            canUnlock: false,
            findings: [Parts.finding]
        )
        guard !bare else { return try Sample("Explanation", explanation) }
        (explanation.policy, explanation.role) = ("staff", "staff")
        explanation.doubt = .init(code: "held-role", roles: ["staff"])
        explanation.gates = .init(reset: 2, unlock: 1)
        explanation.methods = [nil, Parts.time].map {
            .init(id: "m1", kind: "email", hint: "a•••", usable: true, usableFrom: $0, findings: [])
        }
        explanation.missing = [nil, "email"].map { .init(code: "methods", kind: $0, text: "One more.") }
        explanation.frozenSince = Parts.time
        return try Sample("Explanation", explanation)
    }

    static func helpdesk() throws -> [Sample] {
        let limits = [
            CountedLimitDocument(what: "messages", count: 1, limit: 2),
            CountedLimitDocument(what: "wrong-answers", methodId: "m1", count: 2, limit: 2, until: Parts.time),
        ]
        let lines = [nil, "No such person."].map {
            ImportDocument.Line(line: 2, login: "x", kind: "email", result: "unknown-login", detail: $0)
        }
        let report = ImportDocument(applied: false, dryRun: true, added: 0, present: 0, errors: 2, lines: lines)
        return try [
            Sample("EnteredMethod", EnteredMethodDocument(result: "added")),
            Sample("RemovedMethods", RemovedMethodsDocument(removed: 1)),
            Sample("Pass", PassDocument(pass: "abcd-efgh", expiresAt: Parts.time)),
            Sample("Changed", ChangedDocument(changed: true)),
            page("FrozenPeople", [FrozenDocument(login: "alice", since: Parts.time)]),
            page("CountedLimits", limits), Sample("ImportReport", report),
            Sample("Requirement", RequirementDocument(required: 1, passedOver: 0, next: "cursor")),
            Sample("Requirement", RequirementDocument(required: 1)),
        ] + approvals()
    }

    private static func approvals() throws -> [Sample] {
        var approval = ApprovalDocument(
            id: "a1",
            action: "passes.issue",
            capability: "issue-pass",
            login: "alice",
            reason: "new phone",
            requester: 1000,
            state: "pending",
            requestedAt: Parts.time,
            expiresAt: Parts.time
        )
        let pending = approval
        (approval.state, approval.approver) = ("approved", 1001)
        return try [
            Sample("Approval", approval), Sample("Approval", pending), page("Approvals", [approval]),
        ]
    }
}
