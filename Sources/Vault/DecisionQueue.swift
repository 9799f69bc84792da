import GRDB
import Synchronization

/// Decisions on their way to the disk. Those that come while one commit is written share the next one: each still
/// runs alone and by itself, after the one before it, and none is answered before it is on disk.
final class DecisionQueue: Sendable {
    /// Decisions in one commit.
    static let groupLimit = 64

    /// Runs a decision. The answer is given after the commit, with what went wrong with the commit.
    typealias Job = @Sendable (Database) -> Answer
    typealias Answer = @Sendable ((any Error)?) -> Void

    private let queue: DatabaseQueue
    private let waiting = Mutex<[Job]>([])

    init(_ queue: DatabaseQueue) { self.queue = queue }

    var waitingCount: Int { waiting.withLock { $0.count } }

    /// - Parameter failed: gives an error of SQLite the form in which it is told.
    func run<Value: Sendable>(
        failed: @escaping @Sendable (any Error) -> any Error,
        _ decision: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            waiting.withLock { jobs in
                jobs.append { db in
                    let result = Result { try Self.alone(decision, db) }
                    return { failure in
                        // What went wrong with this decision says more than what that did to the commit.
                        let answer = result.flatMap { value in failure.map { .failure($0) } ?? .success(value) }
                        continuation.resume(with: answer.mapError(failed))
                    }
                }
            }
            queue.asyncWriteWithoutTransaction { self.commitGroup($0) }
        }
    }

    /// A decision that throws leaves nothing behind, and takes nobody with it.
    private static func alone<Value>(_ decision: (Database) throws -> Value, _ db: Database) throws -> Value {
        try requireTransaction(db)
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
        let jobs = waiting.withLock { waiting in
            defer { waiting.removeFirst(min(waiting.count, Self.groupLimit)) }
            return Array(waiting.prefix(Self.groupLimit))
        }
        // An earlier group took them along.
        guard !jobs.isEmpty else { return }
        var answers: [Answer] = []
        var failure: (any Error)?
        do {
            try db.inTransaction(.immediate) {
                answers = jobs.map { $0(db) }
                return .commit
            }
        } catch {
            failure = error
        }
        // Where not even the transaction began, nobody has run.
        if answers.isEmpty { answers = jobs.map { $0(db) } }
        for answer in answers { answer(failure) }
    }
}
