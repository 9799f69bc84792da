import LocalAPI

extension Sample {
    private typealias Parts = SampleParts

    static func vault() throws -> [Sample] {
        let keys = VaultKeysDocument(
            configuredKey: "k1",
            writingKey: "k2",
            formerKeys: ["k3"],
            remaining: ["method": 1],
            complete: false
        )
        let backup = BackupDocument(
            path: "/b/x",
            time: Parts.time,
            bytes: 1,
            people: 1,
            methods: 1,
            auditSequence: 1,
            key: "k1"
        )
        return try [
            Sample("VaultKeys", keys), Sample("Backup", backup),
            Sample("Erasure", ErasureDocument(id: "1", methods: 1, audit: true)),
            Sample("PersonExport", PersonExportDocument(id: "1")), Sample("PersonExport", fullExport),
        ] + audit() + policies()
    }

    private static var fullExport: PersonExportDocument {
        var export = PersonExportDocument(id: "1")
        (export.completedAt, export.confirmedAt) = (Parts.time, Parts.time)
        (export.disabledAt, export.frozenAt) = (Parts.time, Parts.time)
        export.recentPolicies = ["staff": Parts.time]
        var method = PersonExportDocument.Method(
            id: "m1",
            kind: "email",
            label: "",
            state: "candidate",
            isDefault: false,
            addedAt: Parts.time
        )
        export.methods = [method]
        (method.value, method.source, method.verifiedAt) = ("a@example.org", "imported", Parts.time)
        export.methods.append(method)
        export.sessions = [.init("reset", frontend: "portal", policy: "staff", expiresAt: Parts.time, ended: false)]
        export.messages = [.init("email", to: "a@example.org", deadline: Parts.time)]
        export.writes = [.init("password", state: "applied", recordedAt: Parts.time)]
        export.counters = ["sign-in": 1]
        export.audit = [Parts.record]
        return export
    }

    private static func audit() throws -> [Sample] {
        var byFrontend = Parts.record
        (byFrontend.actor, byFrontend.subject) = (.init(kind: "frontend", name: "portal"), "1")
        byFrontend.details = ["kind": "email"]
        var byAdministrator = Parts.record
        byAdministrator.actor = .init(kind: "administrator", uid: 1000)
        let page = ListDocument(
            items: [Parts.record, byFrontend, byAdministrator],
            next: nil,
            freshness: Parts.freshness
        )
        return try [
            Sample("AuditRecords", page),
            Sample("AuditVerification", AuditVerificationDocument(intact: true, count: 1, brokenAt: nil)),
            Sample(
                "AuditVerification",
                AuditVerificationDocument(intact: false, count: 1, brokenAt: 1, anchor: "too-old", end: "1:00")
            ),
            Sample("Reload", ReloadDocument(needsRestart: ["directory"])),
        ]
    }

    private static func policies() throws -> [Sample] {
        let policies = [nil, ["staff"]].map {
            PolicyInForceDocument(
                name: "staff",
                roles: $0,
                methods: [.init(kind: "email", via: [])],
                register: .init(minimum: 1, strong: 0),
                gates: .init(reset: 1, unlock: 1),
                enrol: "password",
                people: 1
            )
        }
        let people = [nil, "x"].map {
            PolicySimulationDocument.Person(
                login: "alice",
                displayName: $0,
                before: $0,
                after: $0,
                changes: ["loses-reset"],
                reasons: [Parts.finding]
            )
        }
        let simulation = PolicySimulationDocument(
            examined: 2,
            counts: ["loses-reset": 2],
            items: people,
            next: nil,
            freshness: Parts.freshness
        )
        return try [
            Sample("PolicyList", PolicyListDocument(items: policies, unmatched: 0, freshness: Parts.freshness)),
            Sample("PolicySimulation", simulation),
        ]
    }

    static func problems() throws -> [Sample] {
        var problem = Problem(.passwordRefused, detail: "No.", field: "password")
        (problem.capability, problem.retryAfter, problem.rules) = ("reset", 5, [Parts.rule])
        (problem.outcome, problem.reason, problem.unlocked) = ("refused", "password-blocked", false)
        problem.notEnforced = ["history"]
        problem.directories = [Parts.refused, Parts.directory]
        return try [
            Sample("Problem", problem), Sample("Problem", Problem(.notFound, detail: "Nobody.")),
        ]
    }
}
