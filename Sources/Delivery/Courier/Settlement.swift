import Foundation
import SelfService

/// What becomes of a message after an attempt.
enum Settlement: Equatable {
    case finished(delivered: Bool, reason: String?)
    case postponed(until: Date)

    static let decoy = Settlement.finished(delivered: true, reason: "decoy")
    static let expired = Settlement.finished(delivered: false, reason: "expired")
    static let refused = Settlement.finished(delivered: false, reason: "refused")

    /// - Parameter random: 0 ..< 1, the jitter.
    init(after error: TransportError, of message: QueuedMessage, now: Date, random: Double) {
        let pause = max(RetryDelay.after(failures: message.attempts, random: random), error.retryAfter ?? 0)
        let again = now + pause
        self =
            if !error.isTemporary { .refused } else if again >= message.deadline { .expired } else {
                .postponed(until: again)
            }
    }

    var retry: Date? { if case .postponed(let time) = self { time } else { nil } }

    func record(_ id: Int64, in outbox: any OutboxStore) async throws {
        switch self {
        case .finished(let delivered, let reason):
            try await outbox.finish(id, delivered: delivered, reason: reason)
        case .postponed(let time): try await outbox.postpone(id, until: time)
        }
    }
}
