import Delivery
import Foundation
import LatchkeyTesting
import SelfService
import Testing

@Suite struct CourierTests {
    private let outbox = FakeOutbox()
    private let transport = ScriptedTransport()
    private let log = CapturedLog()
    private static let later = TransportError(isTemporary: true, detail: "busy")
    private static let never = TransportError(isTemporary: false, detail: "no such box")

    /// Runs a courier for the time of the body; everything that it wrote must be free of secrets.
    private func running(
        budgets: DeliveryBudgets = DeliveryBudgets(),
        words: @escaping @Sendable (QueuedMessage) async -> OutgoingMessage = { $0.message },
        _ body: @escaping @Sendable (Courier) async throws -> Void
    ) async throws {
        let courier = Courier(
            outbox: outbox,
            transport: transport,
            clock: outbox,
            logger: log.logger,
            budgets: budgets,
            words: words,
            random: { 0.5 }
        )
        let task = Task { await courier.run() }
        do { try await body(courier) } catch {
            task.cancel()
            throw error
        }
        task.cancel()
        transport.release()
        try await withDeadline { await task.value }
        for secret in ["4711", "ada", "body"] { #expect(!log.text.contains(secret)) }
    }

    private func gone(_ ids: Int64...) async throws {
        try await eventually("\(ids) are gone; finished: \(outbox.finished)") {
            ids.allSatisfy { outbox.finished[$0] != nil }
        }
    }

    @Test("messages found at the start, and messages that a call announces, are delivered once and gone")
    func delivery() async throws {
        outbox.add(1)
        try await running { courier in
            try await gone(1)
            outbox.add(2, .text)
            courier.wake()
            try await gone(2)
        }
        #expect(outbox.finished == [1: "true/-", 2: "true/-"])
        #expect(transport.seen == ["ada1@example.org", "ada2@example.org"])
    }

    @Test("a temporary failure is tried again after the back-off, and not before")
    func retry() async throws {
        transport.answer(Self.later, Self.later)
        outbox.add(1)
        let start = outbox.now
        try await running { courier in
            try await eventually("postponed") { outbox.attempts(1) == 1 }
            #expect(outbox.due(1) == start + 0.75)
            outbox.advance(0.75)
            courier.wake()
            try await eventually("postponed again") { outbox.attempts(1) == 2 }
            #expect(outbox.due(1) == start + 0.75 + 1.5)
            outbox.advance(1.5)
            courier.wake()
            try await gone(1)
        }
        #expect(outbox.finished[1] == "true/-")
        #expect(transport.seen.count == 3)
        #expect(log.text.contains("busy"))
    }

    @Test("the courier wakes by itself when a message falls due")
    func alarm() async throws {
        transport.answer(Self.later)
        outbox.add(1)
        try await running { _ in
            try await eventually("postponed") { outbox.attempts(1) == 1 }
            // The alarm was set by this clock before it was turned; it rings, and finds the message due.
            outbox.advance(1)
            try await gone(1)
        }
    }

    @Test("a permanent refusal, and a deadline that no retry can meet, end a message as not delivered")
    func endings() async throws {
        transport.answer(Self.never, Self.later)
        outbox.add(1)
        try await running { courier in
            try await gone(1)
            outbox.add(2, lifetime: 0.5)
            courier.wake()
            try await gone(2)
            outbox.add(3, lifetime: -1)
            courier.wake()
            try await gone(3)
        }
        #expect(outbox.finished == [1: "false/refused", 2: "false/expired", 3: "false/expired"])
        #expect(!transport.seen.contains("ada3@example.org"))
    }

    @Test("a retry waits as long as the other side asks, and the reference is the same")
    func retryAfter() async throws {
        transport.answer(TransportError(isTemporary: true, detail: "busy", retryAfter: 90))
        outbox.add(1)
        let start = outbox.now
        try await running { courier in
            try await eventually("postponed") { outbox.attempts(1) == 1 }
            #expect(outbox.due(1) == start + 90)
            outbox.advance(90)
            courier.wake()
            try await gone(1)
        }
        #expect(transport.references == ["reference-1", "reference-1"])
    }

    @Test("a message over a budget is never handed over; over one that is tried out it is, and both are told")
    func budgets() async throws {
        outbox.judge(
            .refused(BudgetRefusal(.prefixBudget, prefix: "+44")),
            .overDryRun(BudgetRefusal(.dayBudget)),
            .refused(BudgetRefusal(.refusedPrefix))
        )
        for id in 1...4 { outbox.add(Int64(id), .text) }
        try await running(budgets: DeliveryBudgets(perDay: 1)) { _ in try await gone(1, 2, 3, 4) }
        #expect(outbox.finished.values.sorted() == ["false/prefix-budget", "false/refused-prefix", "true/-", "true/-"])
        #expect(transport.seen.count == 2)
        #expect(Set(outbox.admissions) == [1, 2, 3, 4])
        for told in ["held back by a budget", "would be held back", "prefix: +44", "day-budget"] {
            #expect(log.text.contains(told.replacing("prefix: ", with: "")), "\(told)")
        }
    }

    @Test("a message is counted once, however often it is tried, and is not sent before it could be counted")
    func countedOnce() async throws {
        outbox.judge(failing: 1)
        transport.answer(Self.later)
        outbox.add(1, .text)
        try await running(budgets: DeliveryBudgets(perDay: 1)) { courier in
            try await eventually("postponed") { outbox.attempts(1) == 1 }
            #expect(transport.seen.count == 1)
            outbox.advance(10)
            courier.wake()
            try await gone(1)
        }
        // The one that failed, and the one that counted.
        #expect(outbox.admissions == [1, 1])
        #expect(outbox.finished[1] == "true/-")
    }

    @Test("a message is handed over in the words of who reads it")
    func words() async throws {
        outbox.add(1)
        let words: @Sendable (QueuedMessage) async -> OutgoingMessage = {
            var message = $0.message
            message.to = "worded for \($0.subject == VaultScene.person(1))"
            return message
        }
        try await running(words: words) { _ in try await gone(1) }
        #expect(transport.seen == ["worded for true"])
    }

    @Test("a decoy is finished like a delivered message and never handed over")
    func decoy() async throws {
        outbox.add(1, isDecoy: true)
        try await running { _ in try await gone(1) }
        #expect(outbox.finished[1] == "true/decoy")
        #expect(transport.seen.isEmpty)
    }

    @Test("a channel that hangs holds only its own messages up, however many wait before the others")
    func hangingChannel() async throws {
        transport.hang(.email)
        for id in 1...100 { outbox.add(Int64(id)) }
        outbox.add(101, .text)
        try await running { courier in
            try await gone(101)
            #expect(transport.seen.count(where: { $0 != "ada101@example.org" }) <= 4)
            outbox.add(102, .voice)
            courier.wake()
            try await gone(102)
            transport.release()
            try await eventually("all are gone") { outbox.finished.count == 102 }
        }
        #expect(Set(transport.seen).count == transport.seen.count)
        #expect(transport.mostAtOnce <= 4)
    }

    @Test("no message is handed over twice, however often the courier is called")
    func noDuplicates() async throws {
        try await running { courier in
            for round in 0..<20 {
                for id in 0..<10 { outbox.add(Int64(round * 10 + id), id.isMultiple(of: 2) ? .email : .text) }
                for _ in 0..<20 {
                    courier.wake()
                    await Task.yield()
                }
            }
            try await eventually("all are gone") { outbox.finished.count == 200 }
        }
        #expect(transport.seen.count == 200)
    }

    @Test("an outbox that fails gets one line for each try, with pauses, and is asked again")
    func failingOutbox() async throws {
        outbox.fail(times: 1)
        outbox.add(1)
        try await running { courier in
            for _ in 0..<50 { courier.wake() }
            try await gone(1)
        }
        #expect(log.text.components(separatedBy: "does not answer").count == 2)
    }

    @Test("with nothing to do the courier does not look")
    func idle() async throws {
        try await running { courier in
            try await eventually("the first look") { outbox.looks == 1 }
            courier.wake()
            try await eventually("the second look") { outbox.looks == 2 }
            outbox.add(1)
            courier.wake()
            try await gone(1)
        }
        // Two empty looks, one with the message, at most two after its hand-over.
        #expect(outbox.looks <= 5)
    }

    @Test("at the end the courier waits for a hand-over in flight")
    func cancellation() async throws {
        transport.hang(.email)
        outbox.add(1)
        try await running { _ in try await eventually("it hangs") { transport.seen.count == 1 } }
        #expect(outbox.finished[1] == "true/-")
    }
}
