package import Foundation

/// What one commit touched: an event `change` of the feed.
package struct ChangeDocument: Codable, Sendable, Equatable {
    package struct Change: Codable, Sendable, Equatable {
        /// `user` or `role`.
        package var kind: String
        /// `added`, `changed` or `removed`. A role's change may be one of its members.
        package var action: String
        package var id: String
        /// The login or the role's name as it is now; absent once nothing is held of the entry.
        package var name: String?

        package init(kind: String, action: String, id: String, name: String?) {
            self.kind = kind
            self.action = action
            self.id = id
            self.name = name
        }
    }

    /// `change`
    package var event: String
    package var generation: Int64
    package var changes: [Change]
    package var freshness: FreshnessDocument

    package init(generation: Int64, changes: [Change], freshness: FreshnessDocument) {
        event = "change"
        self.generation = generation
        self.changes = changes
        self.freshness = freshness
    }
}

/// Where the feed stands: an event `position` at its beginning, or `reset` when what happened since the place that
/// was asked for is not known any more: read the lists again, and go on from this generation.
package struct PositionDocument: Codable, Sendable, Equatable {
    package var event: String
    package var generation: Int64
    package var freshness: FreshnessDocument

    package init(isReset: Bool, generation: Int64, freshness: FreshnessDocument) {
        event = isReset ? "reset" : "position"
        self.generation = generation
        self.freshness = freshness
    }
}

/// A step of the state machine: an event `transition` of the feed.
package struct TransitionDocument: Codable, Sendable, Equatable {
    /// `transition`
    package var event: String
    /// Grows by one with each step since the daemon's start.
    package var number: Int
    package var at: Date
    /// `starting`, `connecting`, `probing`, `refreshing`, `resyncing`, `persisting`, `polling`, `quarantine`,
    /// `stale` or `stopped`.
    package var from: String
    package var to: String
    package var cause: String
    /// One sentence.
    package var text: String
    /// Until when the state may last without a sign of the server.
    package var deadline: Date?

    package init(
        number: Int,
        at: Date,
        from: String,
        to: String,
        cause: String,
        text: String,
        deadline: Date?
    ) {
        event = "transition"
        self.number = number
        self.at = at
        self.from = from
        self.to = to
        self.cause = cause
        self.text = text
        self.deadline = deadline
    }
}
