import Dispatch
import Synchronization

/// Blocking C with an end: the caller waits until the deadline at most. Where the C code cannot be ended from
/// outside (name resolution, a Kerberos exchange), it goes on alone, and what it brings then is dropped.
enum BlockingCall {
    /// - Parameters:
    ///   - queue: blocked for as long as the work takes.
    ///   - late: thrown at the deadline.
    static func run<Value: Sendable>(
        on queue: DispatchQueue,
        until deadline: ContinuousClock.Instant,
        late: LDAPError,
        _ work: @escaping @Sendable () throws(LDAPError) -> Value
    ) async throws(LDAPError) -> Value {
        let result: Result<Value, LDAPError> = await withCheckedContinuation { continuation in
            let answer = OneAnswer(continuation)
            queue.async { answer.give(Result(catching: work)) }
            DispatchQueue.global().asyncAfter(deadline: .now() + deadline.secondsFromNow) {
                answer.give(.failure(late))
            }
        }
        return try result.get()
    }
}

/// Resumes with whatever comes first.
private final class OneAnswer<Value: Sendable>: Sendable {
    private let continuation: Mutex<CheckedContinuation<Result<Value, LDAPError>, Never>?>

    init(_ continuation: CheckedContinuation<Result<Value, LDAPError>, Never>) {
        self.continuation = Mutex(continuation)
    }

    func give(_ result: Result<Value, LDAPError>) {
        let waiting = continuation.withLock { continuation in
            defer { continuation = nil }
            return continuation
        }
        waiting?.resume(returning: result)
    }
}
