import Dispatch
import Synchronization

/// Something that blocks, begun on a thread of its own, for whoever has something else to block on meanwhile.
final class ParallelWork<Value: Sendable>: Sendable {
    private let result = Mutex<Result<Value, any Error>?>(nil)
    private let done = DispatchSemaphore(value: 0)

    init(_ work: @escaping @Sendable () throws -> Value) {
        DispatchQueue.global(qos: .userInitiated).async { [self] in
            let made = Result { try work() }
            result.withLock { $0 = made }
            done.signal()
        }
    }

    /// Waits for it. Once only.
    func value() throws -> Value {
        done.wait()
        guard let made = result.withLock({ $0 }) else { throw CancellationError() }
        return try made.get()
    }
}
