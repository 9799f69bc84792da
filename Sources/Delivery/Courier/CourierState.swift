import Foundation
import SelfService

/// What the courier has in its hands. Only decisions, no I/O.
struct CourierState {
    /// Messages that are with a transport, or whose outcome the outbox does not show yet.
    private(set) var held: Set<Int64> = []
    /// Those of `held` whose outcome was recorded: the next look at the outbox sees it.
    private var settled: Set<Int64> = []
    /// How many messages of a channel are with its transport.
    private var busy: [Channel: Int] = [:]
    /// When postponed messages fall due again.
    private var retries: [Int64: Date] = [:]

    /// Hand-overs at once in one channel: a channel that hangs holds no more than these.
    static let channelWidth = 4

    /// Before each look: what it may leave out. An outcome recorded *during* a look may still be missing from what the look returns,
    /// so its message stays held until the next: otherwise it would be handed over twice.
    mutating func beginLook() -> Set<Int64> {
        held.subtract(settled)
        settled.removeAll()
        return held
    }

    /// Whether the message may be handed over now; if so, it is held from now on.
    mutating func take(_ message: QueuedMessage) -> Bool {
        let channel = message.message.channel
        guard !held.contains(message.id), busy[channel, default: 0] < Self.channelWidth else { return false }
        held.insert(message.id)
        busy[channel, default: 0] += 1
        retries[message.id] = nil
        return true
    }

    /// The transport is done with a message; its outcome is not recorded yet.
    mutating func leaveChannel(_ channel: Channel) {
        busy[channel, default: 1] -= 1
    }

    /// The outbox knows the outcome.
    mutating func settle(_ id: Int64, retry: Date?) {
        settled.insert(id)
        retries[id] = retry
    }

    /// When to look again if nobody calls.
    /// - Parameters:
    ///   - next: the earliest due time in the outbox.
    ///   - looked: when the last look began. What was due then is held, or waits for its channel.
    func nextLook(next: Date?, looked: Date) -> Date? {
        guard let next, next <= looked else { return next }
        let latest = looked + Courier.lookAgain
        return min(retries.values.filter { $0 > looked }.min() ?? latest, latest)
    }
}
