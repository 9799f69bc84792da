import Dispatch
import GRDB
import LatchkeyTesting
import Synchronization
import Testing

@testable import Vault

@Suite("Decisions on their way to the disk")
struct DecisionQueueTests {
    private final class Commits: TransactionObserver, Sendable {
        let count = Mutex(0)
        func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { true }
        func databaseDidChange(with event: DatabaseEvent) {}
        func databaseDidCommit(_ db: Database) { count.withLock { $0 += 1 } }
        func databaseDidRollback(_ db: Database) {}
    }

    private struct Refused: Error {}

    private let queue: DatabaseQueue
    private let decisions: DecisionQueue
    private let commits = Commits()

    init() throws {
        queue = try DatabaseQueue()
        try queue.write { try $0.execute(sql: "CREATE TABLE decision (id INTEGER PRIMARY KEY)") }
        queue.add(transactionObserver: commits, extent: .databaseLifetime)
        decisions = DecisionQueue(queue)
    }

    private func decide(_ id: Int, throwing: Bool = false) async throws -> Int {
        try await decisions.run(failed: { $0 }) { db in
            try db.execute(sql: "INSERT INTO decision VALUES (?)", arguments: [id])
            if throwing { throw Refused() }
            return id
        }
    }

    private var stored: [Int] {
        get throws { try queue.read { try Int.fetchAll($0, sql: "SELECT id FROM decision ORDER BY id") } }
    }

    /// Runs the decisions so that all of them wait for one that is under way.
    private func together(_ ids: ClosedRange<Int>, throwing: Set<Int> = []) async throws -> [Int] {
        let gate = DispatchSemaphore(value: 0)
        queue.asyncWriteWithoutTransaction { _ in gate.wait() }
        return try await withThrowingTaskGroup(of: Int?.self) { group in
            for id in ids {
                group.addTask { try? await decide(id, throwing: throwing.contains(id)) }
            }
            let all = await eventually { decisions.waitingCount == ids.count }
            gate.signal()
            #expect(all)
            return try await group.reduce(into: []) { $0 += $1.map { [$0] } ?? [] }.sorted()
        }
    }

    @Test("those that come together share a commit, and one that throws takes nobody with it")
    func shared() async throws {
        let decided = try await together(1...40, throwing: [3, 40])
        #expect(decided == Array(1...40).filter { $0 != 3 && $0 != 40 })
        #expect(try stored == decided)
        #expect(commits.count.withLock { $0 } == 1)
    }

    @Test("more than fit into one commit are decided all the same")
    func many() async throws {
        #expect(try await together(1...200).count == 200)
        #expect(try stored.count == 200)
        #expect(commits.count.withLock { $0 } == 4)
    }

    @Test("where the commit fails, nobody is told of a success")
    func failedCommit() async throws {
        try await queue.write { db in
            try db.execute(sql: "PRAGMA foreign_keys = ON")
            try db.execute(
                sql: "CREATE TABLE late (id INTEGER REFERENCES decision(id) DEFERRABLE INITIALLY DEFERRED)"
            )
        }
        await #expect(throws: DatabaseError.self) {
            try await decisions.run(failed: { $0 }) { try $0.execute(sql: "INSERT INTO late VALUES (9)") }
        }
        #expect(try await decide(1) == 1)
        #expect(try stored == [1])
    }

    @Test("after the end every decision throws")
    func closed() async throws {
        try queue.close()
        await #expect(throws: DatabaseError.self) { try await decide(1) }
    }
}
