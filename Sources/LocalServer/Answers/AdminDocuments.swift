import Audit
import Identity
import LocalAPI
import SelfService
import Synchronizer

extension StatusDocument {
    init(_ status: SyncStatus, freshness: Freshness, version: String) {
        var sync = Sync(state: status.state.rawValue)
        sync.strategy = status.feed?.strategy
        sync.reason = status.feed?.reason
        sync.server = status.feed?.server
        sync.lastChangeAt = status.lastChangeAt
        sync.lastContactAt = status.lastContactAt
        sync.lastVerifiedAt = status.verification.lastAt
        sync.repaired = status.verification.repaired
        sync.references = status.references > 0 ? status.references : nil
        sync.problem = status.problem
        sync.nextAttemptAt = status.nextAttemptAt
        self.init(
            version: version,
            sync: sync,
            users: status.users,
            roles: status.roles,
            quarantine: Quarantine(removals: status.held.removals),
            freshness: FreshnessDocument(freshness)
        )
    }
}

extension SyncRunDocument {
    init(_ run: SyncRun) {
        self.init(
            id: run.id,
            full: run.full,
            dryRun: run.dryRun,
            phase: run.phase.rawValue,
            received: run.received,
            revision: run.revision,
            ended: run.isEnded
        )
        expected = run.expected
        summary = run.summary.map {
            Summary(generation: $0.generation, added: $0.added, changed: $0.changed, removed: $0.removed)
        }
        difference = run.difference.map(Difference.init)
        problem = run.problem
    }
}

extension SyncRunDocument.Difference {
    init(_ difference: RefreshDifference) {
        self.init(
            added: difference.added,
            changed: difference.changed,
            removed: difference.removed,
            samples: (difference.sampleAdded, difference.sampleChanged, difference.sampleRemoved)
        )
    }
}

extension ExplanationDocument {
    init(_ explanation: Explanation, freshness: FreshnessDocument) {
        self.init(
            user: UserDocument(
                explanation.user,
                registration: explanation.registration?.rawValue,
                freshness: freshness
            ),
            live: explanation.isLive,
            canReset: explanation.canReset,
            canUnlock: explanation.canUnlock,
            findings: explanation.findings.map { Finding(code: $0.code, blocks: $0.blocks, text: $0.text) }
        )
        policy = explanation.policyName
        role = explanation.policyRole
        doubt = explanation.doubt.map { Doubt(code: $0.reason.rawValue, roles: $0.roles) }
        methods = explanation.methods.map(Method.init)
        missing = explanation.missing.map { Missing(code: $0.code, kind: $0.kind?.rawValue, text: $0.text) }
        frozenSince = explanation.frozenSince
        if let reset = explanation.resetGates, let unlock = explanation.unlockGates {
            gates = Gates(reset: reset, unlock: unlock)
        }
    }
}

extension ExplanationDocument.Method {
    init(_ standing: MethodStanding) {
        self.init(
            id: standing.method.id,
            kind: standing.method.kind.rawValue,
            hint: standing.method.hint,
            usable: standing.isUsable,
            usableFrom: standing.usableFrom,
            findings: standing.findings.map { .init(code: $0.code, blocks: $0.blocks, text: $0.text) }
        )
    }
}

extension AuditRecordDocument {
    init(_ record: AuditRecord) {
        self.init(
            sequence: record.sequence,
            time: record.time,
            action: record.event.action.rawValue,
            result: record.event.result.rawValue,
            actor: Actor(record.event.actor),
            subject: record.event.subject?.description,
            details: record.event.details
        )
    }
}

extension AuditRecordDocument.Actor {
    init(_ actor: AuditActor) {
        switch actor {
        case .daemon: self.init(kind: "daemon")
        case .frontend(let name): self.init(kind: "frontend", name: name)
        case .administrator(let uid): self.init(kind: "administrator", uid: uid)
        }
    }
}
