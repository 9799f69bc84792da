import LatchkeyTesting
import LocalAPI

extension Sample {
    private typealias Parts = SampleParts

    private static func page(_ name: String, _ item: some Codable & Sendable) throws -> [Sample] {
        try [nil, "cursor"].map { next in
            try Sample(name, ListDocument(items: [item], next: next, freshness: Parts.freshness))
        }
    }

    static func mirror() throws -> [Sample] {
        let role = RoleDocument(SamplePeople.staff, freshness: Parts.freshness)
        let members = RoleMembersDocument(SamplePeople.staff, items: [bareUser], next: nil, freshness: Parts.freshness)
        let batch = HeldBatchDocument(id: 1, began: Parts.time, reason: "Many.", users: 1, roles: 2, memberships: 3)
        let removals = [nil, "uid=x"].map {
            HeldRemovalDocument(kind: "user", id: "1", dn: "cn=x", member: $0, reason: "count", since: Parts.time)
        }
        let held = HeldBatchPageDocument(batch: batch, items: removals, next: nil, freshness: Parts.freshness)
        let findings = [nil, "Start it."].map {
            ExaminationDocument.Finding(
                check: "directory.connection",
                subject: "ldap://x",
                verdict: "failure",
                text: "It is down.",
                remedy: $0,
                paste: [ExaminationDocument.Paste(place: "a shell", text: "start it")]
            )
        }
        return try page("Users", bareUser) + page("Roles", role) + page("HeldBatches", batch) + [
            Sample("Role", role), Sample("RoleMembers", members), Sample("HeldBatchPage", held),
            Sample("Release", ReleaseDocument(generation: 8, removed: 1, changed: 0)),
            Sample("Examination", ExaminationDocument(findings: findings)),
            Sample("Freshness", Parts.freshness),
        ] + status() + runs()
    }

    private static func status() throws -> [Sample] {
        var sync = StatusDocument.Sync(state: "live")
        let bare = sync
        (sync.strategy, sync.reason, sync.server, sync.problem) = ("persist", "syncprov", "ldaps://ldap1", "None.")
        (sync.lastChangeAt, sync.lastContactAt, sync.lastVerifiedAt) = (Parts.time, Parts.time, Parts.time)
        (sync.repaired, sync.references, sync.nextAttemptAt) = (1, 2, Parts.time)
        return try [sync, bare].map { sync in
            try Sample(
                "Status",
                StatusDocument(
                    version: "0.1.0",
                    sync: sync,
                    users: 2,
                    roles: 1,
                    quarantine: .init(removals: 0),
                    freshness: Parts.freshness
                )
            )
        }
    }

    private static func runs() throws -> [Sample] {
        var run = SyncRunDocument(
            id: "s1",
            full: true,
            dryRun: true,
            phase: "finished",
            received: 3,
            revision: 4,
            ended: true
        )
        let bare = run
        run.expected = 3
        run.summary = .init(generation: 8, added: 1, changed: 2, removed: 3)
        run.difference = .init(added: 1, changed: 0, removed: 0, samples: (["uid=a"], [], []))
        run.problem = "None."
        return [try Sample("SyncRun", run), try Sample("SyncRun", bare)]
    }

    static func feed() throws -> [Sample] {
        let changes = [nil, "alice"].map {
            ChangeDocument.Change(kind: "user", action: "added", id: "1", name: $0)
        }
        let steps = [nil, Parts.time].map {
            TransitionDocument(
                number: 1,
                at: Parts.time,
                from: "starting",
                to: "connecting",
                cause: "started",
                text: "It begins.",
                deadline: $0
            )
        }
        let positions = [true, false].map {
            PositionDocument(isReset: $0, generation: 7, freshness: Parts.freshness)
        }
        return try [
            Sample("ChangeEvent", ChangeDocument(generation: 7, changes: changes, freshness: Parts.freshness))
        ] + steps.map { try Sample("TransitionEvent", $0) } + positions.map { try Sample("PositionEvent", $0) }
    }
}
