import Identity
package import Synchronizer

/// A quarantine with one batch, until it is decided about.
package actor ScriptedQuarantine: Quarantine {
    private var waits = true
    package private(set) var released: [Int] = []
    package private(set) var refused = 0

    package init() {}

    package static let batch = HeldBatch(
        id: 1,
        began: SamplePeople.time,
        reason: "the directory shows none of the users that the mirror holds",
        users: 2,
        roles: 0,
        memberships: 0
    )

    package func batches() async throws -> [HeldBatch] { waits ? [Self.batch] : [] }

    package func show(
        _ batch: Int64,
        limit: Int,
        after cursor: String?
    ) async throws -> (HeldBatch, Page<HeldRemoval>) {
        try find(batch)
        let item = HeldRemoval(
            kind: .user,
            id: SamplePeople.alice.id,
            dn: SamplePeople.alice.dn,
            member: nil,
            reason: .everything,
            since: SamplePeople.time
        )
        return (Self.batch, Page(items: [item], next: nil))
    }

    package func release(_ batch: Int64, confirm count: Int) async throws -> CommitSummary {
        try find(batch)
        guard count == 2 else { throw QuarantineError(.changed, "batch 1 holds 2 removals and not \(count)") }
        waits = false
        released.append(count)
        var summary = CommitSummary(generation: 8)
        summary.removed = 2
        return summary
    }

    package func refuse(_ batch: Int64) async throws -> SyncRun {
        try find(batch)
        waits = false
        refused += 1
        return SyncRun(id: "s1", full: true, dryRun: false)
    }

    private func find(_ batch: Int64) throws {
        guard waits, batch == 1 else { throw QuarantineError(.notFound, "no batch \(batch) waits") }
    }
}
