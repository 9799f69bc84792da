import LocalAPI
import Synchronizer

extension ChangeDocument {
    init(_ generation: LoggedGeneration, freshness: FreshnessDocument) {
        let changes = generation.changes.map { change in
            Change(
                kind: change.scope == .users ? "user" : "role",
                action: change.action.rawValue,
                id: "\(change.id)",
                name: change.name
            )
        }
        self.init(generation: generation.generation, changes: changes, freshness: freshness)
    }
}

extension TransitionDocument {
    init(_ step: SyncTransition) {
        self.init(
            number: step.number,
            at: step.at,
            from: step.from.rawValue,
            to: step.to.rawValue,
            cause: step.cause.rawValue,
            text: step.text,
            deadline: step.deadline
        )
    }
}
