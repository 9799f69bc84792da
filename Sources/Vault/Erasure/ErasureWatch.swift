import GRDB
import Synchronization

/// Copies each erasure into the ``ErasureFile`` as soon as it is committed, before anybody is told that it was done.
final class ErasureWatch: TransactionObserver, Sendable {
    private struct State {
        var isChanged = false
        /// The last row that the file has.
        var last: Int64
    }

    private let file: ErasureFile
    private let state: Mutex<State>

    init(file: ErasureFile, after last: Int64) {
        self.file = file
        state = Mutex(State(last: last))
    }

    func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool {
        if case .insert("erasure") = eventKind { true } else { false }
    }

    func databaseDidChange(with event: DatabaseEvent) { state.withLock { $0.isChanged = true } }

    func databaseDidRollback(_ db: Database) {}

    /// What cannot be written now is written with the next one, or at the next start.
    func databaseDidCommit(_ db: Database) {
        let last: Int64? = state.withLock { $0.isChanged ? $0.last : nil }
        guard let last else { return }
        do {
            let rows = try Row.fetchAll(db, sql: "SELECT * FROM erasure WHERE id > ? ORDER BY id", arguments: [last])
            try file.append(rows.compactMap(Erasure.init))
            state.withLock { $0 = State(last: rows.last?["id"] ?? last) }
        } catch {}
    }
}
