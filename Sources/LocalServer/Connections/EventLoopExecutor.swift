import NIOCore

/// Keeps a connection's requests on the thread that reads and writes its socket: what is computed for them is little, and
/// waking another thread costs more. Nothing that blocks may run here.
final class EventLoopExecutor: TaskExecutor {
    private let loop: any EventLoop

    init(_ loop: any EventLoop) { self.loop = loop }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        loop.execute { unsafe job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
