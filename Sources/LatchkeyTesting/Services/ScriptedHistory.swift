import Synchronization
package import Synchronizer

/// A history that a test writes.
package final class ScriptedHistory: ChangeHistory {
    private struct State {
        var floor: Int64 = 5
        var generations: [LoggedGeneration] = []
        var now: Int64 = 7
        var questions = 0
    }

    /// The name of this history.
    package static let name = "ab12cd34"

    private let state = Mutex(State())
    private let announcements = Announcements<Void>()

    package init() {}

    /// How often it was asked.
    package var questions: Int { state.withLock { $0.questions } }

    /// The next generation, with these changes. From a generation before 5 on nothing is known.
    package func append(_ changes: [LoggedChange]) {
        state.withLock { state in
            state.now += 1
            state.generations.append(LoggedGeneration(generation: state.now, changes: changes))
        }
        announcements.announce(())
    }

    package func changes(after mark: ChangeMark?) async throws -> ChangePage {
        state.withLock { state in
            state.questions += 1
            let now = ChangeMark(generation: state.now, history: Self.name)
            guard let mark else { return .changes([], through: now) }
            let isKnown = mark.history == nil || mark.history == Self.name
            guard isKnown, (state.floor...state.now).contains(mark.generation) else { return .startOver(now) }
            return .changes(state.generations.filter { $0.generation > mark.generation }, through: now)
        }
    }

    package func generations() -> AsyncStream<Void> { announcements.listen(first: (), limit: 1) }
}
