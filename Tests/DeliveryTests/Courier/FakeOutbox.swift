import Foundation
import Identity
import LatchkeyTesting
import SelfService
import Synchronization

/// An outbox in memory on a clock that the test turns.
final class FakeOutbox: OutboxStore, WallClock {
    private struct Row {
        var message: QueuedMessage
        var due: Date
    }

    private struct State {
        var now = Date(timeIntervalSince1970: 1_000_000)
        var rows: [Int64: Row] = [:]
        var finished: [Int64: String] = [:]
        var failuresLeft = 0
        var looks = 0
        var verdicts: [BudgetVerdict] = []
        var admissions: [Int64] = []
        var admissionFailures = 0
    }

    private let state = Mutex(State())

    var now: Date { state.withLock { $0.now } }
    /// `delivered/reason` of each message that is gone.
    var finished: [Int64: String] { state.withLock { $0.finished } }
    var looks: Int { state.withLock { $0.looks } }
    func attempts(_ id: Int64) -> Int? { state.withLock { $0.rows[id]?.message.attempts } }
    func due(_ id: Int64) -> Date? { state.withLock { $0.rows[id]?.due } }
    func advance(_ seconds: TimeInterval) { state.withLock { $0.now += seconds } }
    /// Messages that the budgets were asked about.
    var admissions: [Int64] { state.withLock { $0.admissions } }
    /// Verdicts for the next messages; after them every one is admitted.
    func judge(_ verdicts: BudgetVerdict..., failing failures: Int = 0) {
        state.withLock {
            $0.verdicts = verdicts
            $0.admissionFailures = failures
        }
    }

    func admit(_ id: Int64, within budgets: DeliveryBudgets) async throws -> BudgetVerdict {
        try state.withLock { state in
            state.admissions.append(id)
            if state.admissionFailures > 0 {
                state.admissionFailures -= 1
                throw TestError("the disk is on holiday")
            }
            return state.verdicts.isEmpty ? .admitted : state.verdicts.removeFirst()
        }
    }

    func fail(times: Int) { state.withLock { $0.failuresLeft = times } }

    func add(_ id: Int64, _ channel: Channel = .email, lifetime: TimeInterval = 600, isDecoy: Bool = false) {
        let message = OutgoingMessage(
            channel: channel,
            to: "ada\(id)@example.org",
            body: "body 4711",
            code: "4711",
            isDecoy: isDecoy
        )
        state.withLock {
            let queued = QueuedMessage(
                id: id,
                reference: "reference-\(id)",
                subject: VaultScene.person(1),
                message: message,
                deadline: $0.now + lifetime,
                attempts: 0
            )
            $0.rows[id] = Row(message: queued, due: $0.now)
        }
    }

    func look(limit: Int, besides held: Set<Int64>) async throws -> OutboxLook {
        try state.withLock { state in
            state.looks += 1
            if state.failuresLeft > 0 {
                state.failuresLeft -= 1
                throw TestError("the disk is on holiday")
            }
            let due = state.rows.values.filter { $0.due <= state.now && !held.contains($0.message.id) }
            return OutboxLook(
                messages: due.sorted { $0.message.id < $1.message.id }.prefix(limit).map(\.message),
                next: state.rows.values.map(\.due).min()
            )
        }
    }

    func finish(_ id: Int64, delivered: Bool, reason: String?) async throws {
        state.withLock {
            $0.rows[id] = nil
            $0.finished[id] = "\(delivered)/\(reason ?? "-")"
        }
    }

    func postpone(_ id: Int64, until time: Date) async throws {
        state.withLock {
            $0.rows[id]?.due = time
            $0.rows[id]?.message.attempts += 1
        }
    }
}
