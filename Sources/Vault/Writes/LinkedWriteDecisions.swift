import Audit
import SelfService

/// Writes to linked directories: recorded with the one that they follow, and told of where they do not.
extension VaultTransaction {
    func begin(_ writes: [LinkedWrite], after leader: WriteIntent, by actor: AuditActor) throws -> [WriteIntent] {
        try writes.map { write in
            let link = WriteIntent.Link(directory: write.directory, account: write.account, leader: leader.id)
            let intent = try insertIntent(leader.kind, of: leader.person, link: link, before: write.before)
            let event = AuditEvent(
                leader.kind == .password ? .passwordWriteIntended : .unlockIntended,
                .done,
                by: actor,
                about: leader.person,
                details: ["intent": "\(intent.id)", "directory": write.directory]
            )
            try audit(event)
            return intent
        }
    }

    /// What became of an intent that followed another. Sessions and codes ended with the first.
    func finish(
        _ intent: WriteIntent,
        _ link: WriteIntent.Link,
        _ outcome: WriteOutcome,
        _ actor: AuditActor
    ) throws {
        try audit(event(intent, outcome, actor))
        guard try state(ofIntent: link.leader) == .applied else { return }
        try tellKept(intent, in: link.directory, outcome)
    }

    /// What the first outcome means for those that were to follow: none of them is begun after a refusal. Where an
    /// account was not to be written in the first place, that is recorded with the write that it missed.
    func settleLinked(of leader: WriteIntent, _ outcome: WriteOutcome, _ actor: AuditActor) throws {
        switch outcome.result {
        case .unknown: return
        case .refused:
            let missed = WriteOutcome(.refused, reason: .notAttempted, server: "")
            for intent in try unresolvedFollowers(of: leader.id) {
                try setState(.refused, ofIntent: intent.id)
                try audit(event(intent, missed, actor))
            }
        case .applied:
            for linked in outcome.linked {
                var event = event(leader, linked.outcome, actor)
                event.details["directory"] = linked.name
                try audit(event)
                try tellKept(leader, in: linked.name, linked.outcome)
            }
        }
    }

    /// The person, who might not have read the page to its end. Who has no account there misses nothing.
    private func tellKept(_ intent: WriteIntent, in directory: String, _ outcome: WriteOutcome) throws {
        guard intent.kind == .password, outcome.result == .refused, outcome.reason != .accountNotFound else { return }
        try tell(.passwordKept(in: directory), intent.person, evenIfIncomplete: true)
    }
}
