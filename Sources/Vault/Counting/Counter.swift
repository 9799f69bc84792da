import Foundation
import GRDB
import SelfService

/// Events of one sort about one key. They are counted over a rolling window and survive a restart.
struct Counter {
    enum Sort: String {
        case wrongAnswers = "wrong-answer"
        case messages = "message"
        /// Those of a day, which the hour's purge must not take.
        case dailyMessages = "message-day"
        /// Texts and calls that were paid for.
        case costs = "cost"
        case prompts = "prompt"
        case passes = "pass"
        case sessionStarts = "session-start"
        case signIns = "sign-in"
        case attempts = "attempt"
        /// That somebody has proven something from a client.
        case proofs = "proof"
        /// That somebody was told of a limit, so that it is not told again at once.
        case notes = "note"
    }

    var sort: Sort
    var key: Data
    /// Seconds.
    var window: TimeInterval

    /// Old events of the sort that go with each new one: more than one, so that they get fewer.
    static let purgeBatch = 10
}

extension VaultTransaction {
    /// - Returns: the event's id, with which it can be taken back.
    @discardableResult
    func count(_ counter: Counter) throws -> Int64 {
        try db.execute(
            cached: """
                DELETE FROM counted WHERE id IN
                (SELECT id FROM counted WHERE what = ? AND time <= ? ORDER BY time LIMIT ?)
                """,
            arguments: [counter.sort.rawValue, (now - counter.window).count, Counter.purgeBatch]
        )
        try db.execute(
            cached: "INSERT INTO counted (what, key, time) VALUES (?, ?, ?)",
            arguments: [counter.sort.rawValue, counter.key, now.count]
        )
        return db.lastInsertedRowID
    }

    func takeBack(_ id: Int64) throws {
        try db.execute(cached: "DELETE FROM counted WHERE id = ?", arguments: [id])
    }

    func takeBackNewest(_ counter: Counter) throws {
        try db.execute(
            cached: """
                DELETE FROM counted WHERE id =
                (SELECT id FROM counted WHERE what = ? AND key = ? ORDER BY time DESC, id DESC LIMIT 1)
                """,
            arguments: [counter.sort.rawValue, counter.key]
        )
    }

    func forget(_ counter: Counter) throws {
        try db.execute(
            cached: "DELETE FROM counted WHERE what = ? AND key = ?",
            arguments: [counter.sort.rawValue, counter.key]
        )
    }

    /// When the event that is `position` back from the newest happened, if that is in the window. Events that a
    /// clock set back has put into the future count.
    func time(_ counter: Counter, back position: Int) throws -> Milliseconds? {
        try Int64.fetchOne(
            db,
            cached: """
                SELECT time FROM counted WHERE what = ? AND key = ? AND time > ? ORDER BY time DESC LIMIT 1 OFFSET ?
                """,
            arguments: [counter.sort.rawValue, counter.key, (now - counter.window).count, position]
        ).map(Milliseconds.init(count:))
    }

    /// - Returns: nil while there are fewer than `limit`, else whole seconds, at least 1, until one has left.
    func wait(_ counter: Counter, limit: Int) throws -> Int? {
        guard limit > 0 else { return seconds(counter.window, atMost: counter.window) }
        guard let oldest = try time(counter, back: limit - 1) else { return nil }
        return seconds((oldest + counter.window).since(now), atMost: counter.window)
    }

    func seconds(_ wait: TimeInterval, atMost most: TimeInterval) -> Int {
        Int(exactly: min(max(wait, 1), max(most, 1)).rounded(.up)) ?? .max
    }
}
