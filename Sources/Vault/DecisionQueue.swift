import GRDB
import Synchronization

/// Decisions on their way to the disk. Those that come while one commit is written share the next one: each still
/// runs alone and by itself, after the one before it, and none is answered before it is on disk.
final class DecisionQueue: Sendable {
    /// Decisions in one commit.
    static let groupLimit = 64

    /// Runs a decision, in a savepoint or as all that its transaction does.
    private typealias Job = @Sendable (Database, Boundary) -> Made
    /// Given after the commit, with what went wrong with the commit.
    private typealias Answer = @Sendable ((any Error)?) -> Void

    private enum Boundary { case savepoint, transaction }

    private struct Made {
        var answer: Answer
        var hasThrown: Bool
    }

    private struct Waiting {
        var jobs: [Job] = []
        /// Whether somebody is on the way to them.
        var isAwaited = false
    }

    private let queue: DatabaseQueue
    private let waiting = Mutex(Waiting())

    init(_ queue: DatabaseQueue) { self.queue = queue }

    var waitingCount: Int { waiting.withLock { $0.jobs.count } }

    /// - Parameter failed: gives an error of SQLite the form in which it is told.
    func run<Value: Sendable>(
        failed: @escaping @Sendable (any Error) -> any Error,
        _ decision: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            enqueue { db, boundary in
                let result = Result { try Self.alone(decision, db, boundary) }
                let answer: Answer = { failure in
                    // What went wrong with this decision says more than what that did to the commit.
                    let answer = result.flatMap { value in failure.map { .failure($0) } ?? .success(value) }
                    continuation.resume(with: answer.mapError(failed))
                }
                if case .failure = result { return Made(answer: answer, hasThrown: true) }
                return Made(answer: answer, hasThrown: false)
            }
        }
    }

    private func enqueue(_ job: @escaping Job) {
        let isAwaited = waiting.withLock { waiting in
            defer { waiting.isAwaited = true }
            waiting.jobs.append(job)
            return waiting.isAwaited
        }
        if !isAwaited { queue.asyncWriteWithoutTransaction { self.commitGroup($0) } }
    }

    /// A decision that throws leaves nothing behind, and takes nobody with it.
    private static func alone<Value>(
        _ decision: (Database) throws -> Value,
        _ db: Database,
        _ boundary: Boundary
    ) throws -> Value {
        try requireTransaction(db)
        if boundary == .transaction {
            let value = try decision(db)
            try requireTransaction(db)
            return value
        }
        // As `inSavepoint` does, which would have each of its statements parsed anew.
        try db.execute(cached: "SAVEPOINT decision")
        do {
            let value = try decision(db)
            try requireTransaction(db)
            try db.execute(cached: "RELEASE SAVEPOINT decision")
            return value
        } catch {
            // Neither succeeds where SQLite has rolled back already; what went wrong first is what is told.
            try? db.execute(cached: "ROLLBACK TRANSACTION TO SAVEPOINT decision")
            try? db.execute(cached: "RELEASE SAVEPOINT decision")
            throw error
        }
    }

    /// After a full disk or a failed read SQLite has rolled the whole group back by itself.
    private static func requireTransaction(_ db: Database) throws {
        guard db.isInsideTransaction else { throw DatabaseError(resultCode: .SQLITE_ABORT_ROLLBACK) }
    }

    private func commitGroup(_ db: Database) {
        let jobs = takeGroup()
        let boundary = jobs.count == 1 ? Boundary.transaction : .savepoint
        var made: [Made] = []
        var failure: (any Error)?
        do {
            try db.inTransaction(.immediate) {
                made = jobs.map { $0(db, boundary) }
                return boundary == .transaction && made[0].hasThrown ? .rollback : .commit
            }
        } catch {
            failure = error
        }
        // Where not even the transaction began, nobody has run.
        if made.isEmpty { made = jobs.map { $0(db, boundary) } }
        for job in made { job.answer(failure) }
    }

    /// Never empty. Those that are left get a turn of their own.
    private func takeGroup() -> [Job] {
        let (group, isMoreThere) = waiting.withLock { waiting in
            let group = Array(waiting.jobs.prefix(Self.groupLimit))
            waiting.jobs.removeFirst(group.count)
            waiting.isAwaited = !waiting.jobs.isEmpty
            return (group, waiting.isAwaited)
        }
        if isMoreThere { queue.asyncWriteWithoutTransaction { self.commitGroup($0) } }
        return group
    }
}
