import Foundation
import Identity
import Logging
import SelfService
import Synchronization

/// One message: the attempt, and its outcome into the outbox.
extension Courier {
    func carry(_ message: QueuedMessage) async {
        let settlement = await attempt(message)
        state.withLock { $0.leaveChannel(message.message.channel) }
        // Another message of the channel need not wait until this outcome is recorded.
        wake()
        await record(settlement, of: message)
    }

    /// Decoys come this way too: as much is stored, logged and taken from the outbox for them.
    private func attempt(_ message: QueuedMessage) async -> Settlement {
        guard clock.now < message.deadline else { return .expired }
        guard !message.message.isDecoy else { return .decoy }
        do throws(TransportError) {
            try await transport.deliver(message.message)
            return .finished(delivered: true, reason: nil)
        } catch {
            let settlement = Settlement(after: error, of: message, now: clock.now, random: random())
            log(error, settlement, message)
            return settlement
        }
    }

    private func log(_ error: TransportError, _ settlement: Settlement, _ message: QueuedMessage) {
        let isFinal = settlement.retry == nil
        logger.log(
            level: isFinal ? .error : .warning,
            isFinal ? "a message was given up" : "a message is tried again later",
            metadata: [
                "message": "\(message.id)", "channel": "\(message.message.channel.rawValue)",
                "attempt": "\(message.attempts + 1)", "error": "\(error.detail)",
            ]
        )
    }

    /// Until the outbox takes it: a message whose delivery was forgotten would be delivered again.
    private func record(_ settlement: Settlement, of message: QueuedMessage) async {
        var failures = 0
        while true {
            do {
                try await settlement.record(message.id, in: outbox)
                return state.withLock { $0.settle(message.id, retry: settlement.retry) }
            } catch {
                logger.error("the outbox does not take an outcome", metadata: ["error": "\(error)"])
                let pause = RetryDelay.after(failures: failures, random: random())
                failures += 1
                do { try await Task.sleep(for: .seconds(pause)) } catch { return }
            }
        }
    }
}
