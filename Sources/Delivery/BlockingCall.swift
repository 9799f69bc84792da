import Foundation
import SelfService

/// Runs blocking C on a thread of its own: neither the cooperative pool nor Dispatch's pool waits for it.
///
/// A thread for each message costs little beside a mail or an fsync, and ends by itself. How many there are at
/// once is bounded by the courier.
enum BlockingCall {
    static func run<Value: Sendable>(
        _ body: @escaping @Sendable () throws(TransportError) -> Value
    ) async throws(TransportError) -> Value {
        let result: Result<Value, TransportError> = await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                do throws(TransportError) {
                    continuation.resume(returning: .success(try body()))
                } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
        }
        return try result.get()
    }
}
