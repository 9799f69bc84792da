package import Identity

/// A place in the mirror's history.
///
/// Its text is `GENERATION.HISTORY`. A mirror that was started anew counts its generations from the beginning; the
/// name of the history tells its numbers from those before.
package struct ChangeMark: Sendable, Hashable, CustomStringConvertible {
    package var generation: Int64
    /// Letters and digits; nil where only a number was given.
    package var history: String?

    package init(generation: Int64, history: String?) {
        self.generation = generation
        self.history = history
    }

    /// - Returns: nil for what is neither `GENERATION` nor `GENERATION.HISTORY`.
    package init?(_ text: String) {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let number = Int64(parts[0]), number >= 0 else { return nil }
        let history = parts.count > 1 ? String(parts[1]) : nil
        if let history, history.isEmpty || !history.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) {
            return nil
        }
        self.init(generation: number, history: history)
    }

    package var description: String { history.map { "\(generation).\($0)" } ?? "\(generation)" }
}

/// One entry that a commit touched.
package struct LoggedChange: Sendable, Equatable {
    package enum Action: String, Sendable, Codable, CaseIterable {
        /// New, or back after having been gone.
        case added
        /// Anything of it, a role's members included.
        case changed
        case removed
    }

    package var scope: SyncScope
    package var action: Action
    package var id: EntryID
    /// The login or the role's name as it is *now*; nil once the mirror holds nothing of the entry.
    package var name: String?

    package init(scope: SyncScope, action: Action, id: EntryID, name: String?) {
        self.scope = scope
        self.action = action
        self.id = id
        self.name = name
    }
}

/// What happened after a mark.
package enum ChangePage: Sendable, Equatable {
    /// Whole generations, oldest first; empty when nothing happened. `through` is the mark to go on from.
    case changes([LoggedGeneration], through: ChangeMark)
    /// The history does not reach back to the mark, or is another one: read the lists, then go on from here.
    case startOver(ChangeMark)
}

/// What one commit touched.
package struct LoggedGeneration: Sendable, Equatable {
    package var generation: Int64
    package var changes: [LoggedChange]

    package init(generation: Int64, changes: [LoggedChange]) {
        self.generation = generation
        self.changes = changes
    }
}

/// The port to the mirror's history, which is bounded: the newest commits, without those that touched too much.
package protocol ChangeHistory: Sendable {
    /// - Parameter mark: nil: from now on.
    func changes(after mark: ChangeMark?) async throws -> ChangePage
    /// Yields at once, and after commits that made a new generation; several may be told as one.
    func generations() -> AsyncStream<Void>
}
