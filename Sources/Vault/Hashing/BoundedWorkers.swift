import Dispatch
import SelfService
import Synchronization

/// A few threads for long computations, away from the cooperative pool, and a short queue before them: who finds
/// it full is told so at once.
package final class BoundedWorkers: Sendable {
    /// Computations at once.
    package static let countDefault = 2
    /// Computations that wait for one of them.
    package static let waitingDefault = 64

    private struct State {
        var running = 0
        var waiting: [@Sendable () -> Void] = []
    }

    private let queue: DispatchQueue
    private let count: Int
    private let waiting: Int
    private let state = Mutex(State())

    init(label: String, count: Int, waiting: Int) {
        queue = DispatchQueue(label: label, attributes: .concurrent)
        self.count = max(1, count)
        self.waiting = max(0, waiting)
    }

    /// - Throws: ``SecretHashingBusy`` when the queue is full.
    func run<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async throws(SecretHashingBusy) -> Value {
        let result: Result<Value, SecretHashingBusy> = await withCheckedContinuation { continuation in
            let isTaken = take { continuation.resume(returning: .success(work())) }
            if !isTaken { continuation.resume(returning: .failure(SecretHashingBusy())) }
        }
        return try result.get()
    }

    private func take(_ job: @escaping @Sendable () -> Void) -> Bool {
        let mayStart: Bool? = state.withLock { state in
            if state.running < count {
                state.running += 1
                return true
            }
            guard state.waiting.count < waiting else { return nil }
            state.waiting.append(job)
            return false
        }
        if mayStart == true { start(job) }
        return mayStart != nil
    }

    private func start(_ job: @escaping @Sendable () -> Void) {
        queue.async {
            job()
            self.finish()
        }
    }

    private func finish() {
        let next: (@Sendable () -> Void)? = state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.running -= 1
                return nil
            }
            return state.waiting.removeFirst()
        }
        if let next { start(next) }
    }
}
