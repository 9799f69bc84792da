import Foundation
package import Identity
package import Logging
package import SelfService
import Synchronization

/// Takes due messages from the outbox and hands them to the transports, until it is cancelled.
///
/// It sleeps until the next message falls due or ``wake()`` is called. A message is with at most one transport at a
/// time, and a channel that hangs holds only its own messages up.
package final class Courier: Sendable {
    let outbox: any OutboxStore
    let clock: any WallClock
    let logger: Logger
    let random: @Sendable () -> Double
    private let ways: Mutex<DeliveryWays>

    let state = Mutex(CourierState())
    private let tasks = Mutex<[Int64: Task<Void, Never>]>([:])
    private let wakes: AsyncStream<Void>
    private let bell: AsyncStream<Void>.Continuation

    /// How many messages one look asks for at first, and at most when those at the head are all held.
    static let batch = 32
    static let batchMax = 4096
    /// Seconds until another look while due messages wait for their channel.
    static let lookAgain: TimeInterval = 30
    /// Seconds of the longest sleep: somebody may set the wall clock.
    static let longestSleep: TimeInterval = 300
    /// Seconds of the shortest sleep: a due time that has just passed is no reason to spin.
    static let shortestSleep: TimeInterval = 0.02
    /// How long hand-overs in flight may take after the cancellation.
    static let grace = Duration.seconds(5)
    static let graceStep = Duration.milliseconds(10)

    /// - Parameters:
    ///   - budgets: asked before the first attempt of each message.
    ///   - words: the message in the language of who reads it.
    ///   - random: 0 ..< 1, the jitter of the back-off.
    package init(
        outbox: any OutboxStore,
        transport: any MessageTransport,
        clock: any WallClock,
        logger: Logger,
        budgets: DeliveryBudgets = DeliveryBudgets(),
        words: @escaping @Sendable (QueuedMessage) async -> OutgoingMessage = { $0.message },
        random: @escaping @Sendable () -> Double = { .random(in: 0..<1) }
    ) {
        self.outbox = outbox
        ways = Mutex(DeliveryWays(transport: transport, budgets: budgets, words: words))
        self.clock = clock
        self.logger = logger
        self.random = random
        (wakes, bell) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    var transport: any MessageTransport { ways.withLock { $0.transport } }
    var budgets: DeliveryBudgets { ways.withLock { $0.budgets } }
    var words: @Sendable (QueuedMessage) async -> OutgoingMessage { ways.withLock { $0.words } }

    /// Of another configuration: for every attempt that begins from now on.
    package func replace(_ ways: DeliveryWays) { self.ways.withLock { $0 = ways } }

    /// A message was queued. Returns at once; several calls may lead to one look.
    package func wake() { bell.yield() }

    /// Delivers until the task is cancelled, then waits up to five seconds for hand-overs in flight. Once only.
    package func run() async {
        var alarm: Task<Void, Never>?
        var failures = 0
        bell.yield()
        for await _ in wakes {
            alarm?.cancel()
            do {
                alarm = bellAlarm(at: try await look())
                failures = 0
            } catch {
                let pause = RetryDelay.after(failures: failures, random: random())
                failures += 1
                logger.error("the outbox does not answer", metadata: ["error": "\(error)", "retry": "\(pause) s"])
                // Here, and not by an alarm: calls in the meantime must not knock at a broken store.
                try? await Task.sleep(for: .seconds(pause))
                bell.yield()
            }
        }
        alarm?.cancel()
        await finishHandOvers()
    }

    /// Rings the bell at a time of the wall clock.
    private func bellAlarm(at time: Date?) -> Task<Void, Never>? {
        guard let time else { return nil }
        let seconds = min(max(time.timeIntervalSince(clock.now), Self.shortestSleep), Self.longestSleep)
        return Task { [bell] in
            do { try await Task.sleep(for: .seconds(seconds)) } catch { return }
            bell.yield()
        }
    }

    /// Starts what can be started.
    /// - Returns: when to look again.
    private func look() async throws -> Date? {
        let looked = clock.now
        var limit = Self.batch
        while true {
            let held = state.withLock { $0.beginLook() }
            let found = try await outbox.look(limit: limit, besides: held)
            let started = found.messages.count(where: { begin($0) })
            let isStuck = started == 0 && limit >= Self.batchMax
            if found.messages.count < limit || isStuck || Task.isCancelled {
                return state.withLock { $0.nextLook(next: found.next, looked: looked) }
            }
            // A full page of messages that wait for their channel: others may stand behind them.
            if started == 0 { limit *= 2 }
        }
    }

    /// - Returns: whether the message was taken.
    private func begin(_ message: QueuedMessage) -> Bool {
        guard state.withLock({ $0.take(message) }) else { return false }
        tasks.withLock { tasks in
            tasks[message.id] = Task {
                await self.carry(message)
                self.tasks.withLock { $0[message.id] = nil }
            }
        }
        return true
    }

    /// Lets hand-overs in flight come to their end, but not for ever.
    private func finishHandOvers() async {
        // A task of its own: this one is cancelled, and would not wait for anything.
        await Task { [self] in
            let deadline = ContinuousClock.now + Self.grace
            while !tasks.withLock(\.isEmpty), ContinuousClock.now < deadline {
                try? await Task.sleep(for: Self.graceStep)
            }
        }.value
        let left = tasks.withLock { tasks in
            for task in tasks.values { task.cancel() }
            return tasks.count
        }
        if left > 0 {
            logger.warning(
                "hand-overs were cut off; they are tried again after a restart",
                metadata: ["count": "\(left)"]
            )
        }
    }
}
