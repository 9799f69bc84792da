import Dispatch

/// Runs an actor's work on a serial queue of its own, so that blocking C never holds a thread of the
/// cooperative pool. (`DispatchSerialQueue` does not exist on Linux.)
package final class QueueExecutor: SerialExecutor {
    let queue: DispatchQueue

    init(label: String) {
        queue = DispatchQueue(label: label)
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async {
            unsafe job.runSynchronously(on: self.asUnownedSerialExecutor())
        }
    }

    package func checkIsolated() {
        dispatchPrecondition(condition: .onQueue(queue))
    }
}

/// Runs on the same queue what is nobody's in particular. As the preference of a task it keeps whoever asks one thing after
/// another on the connection's own thread: otherwise each answer wakes a thread of the pool, and each question one of
/// the queue.
final class QueueTaskExecutor: TaskExecutor {
    private let queue: DispatchQueue

    init(_ queue: DispatchQueue) { self.queue = queue }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { unsafe job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
