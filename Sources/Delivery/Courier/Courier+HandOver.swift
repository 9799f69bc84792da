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
        if let held = await heldBack(message) { return held }
        guard !message.message.isDecoy else { return .decoy }
        do throws(TransportError) {
            try await transport.deliver(await words(message), reference: message.reference)
            return .finished(delivered: true, reason: nil)
        } catch {
            let settlement = Settlement(after: error, of: message, now: clock.now, random: random())
            log(error, settlement, message)
            return settlement
        }
    }

    /// What becomes of a message that a budget does not let out; nil for one that may go.
    private func heldBack(_ message: QueuedMessage) async -> Settlement? {
        // A link begins to live with its hand-over, whether there are budgets or not.
        guard budgets.isSet || message.message.link != nil, message.attempts == 0 else { return nil }
        switch await verdict(on: message) {
        case .admitted?: return nil
        case .overDryRun(let refusal)?:
            log("a message would be held back by a budget", refusal, message)
            return nil
        case .refused(let refusal)?:
            log("a message was held back by a budget", refusal, message)
            return .finished(delivered: false, reason: refusal.reason.rawValue)
        case nil: return .expired
        }
    }

    /// Until the outbox takes it: what is not counted is not sent.
    /// - Returns: nil when time ran out, or the courier was stopped.
    private func verdict(on message: QueuedMessage) async -> BudgetVerdict? {
        var failures = 0
        while clock.now < message.deadline {
            do {
                return try await outbox.admit(message.id, within: budgets)
            } catch {
                logger.error("the outbox does not count a message", metadata: ["error": "\(error)"])
                let pause = RetryDelay.after(failures: failures, random: random())
                failures += 1
                do { try await Task.sleep(for: .seconds(pause)) } catch { return nil }
            }
        }
        return nil
    }

    private func log(_ text: Logger.Message, _ refusal: BudgetRefusal, _ message: QueuedMessage) {
        logger.warning(
            text,
            metadata: [
                "message": "\(message.id)", "channel": "\(message.message.channel.rawValue)",
                "reason": "\(refusal.reason.rawValue)", "prefix": "\(refusal.prefix ?? "other")",
            ]
        )
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
                state.withLock { $0.settle(message.id, retry: settlement.retry) }
                // Of what is delivered there is nothing more to see.
                if settlement.retry != nil { wake() }
                return
            } catch {
                logger.error("the outbox does not take an outcome", metadata: ["error": "\(error)"])
                let pause = RetryDelay.after(failures: failures, random: random())
                failures += 1
                do { try await Task.sleep(for: .seconds(pause)) } catch { return }
            }
        }
    }
}
