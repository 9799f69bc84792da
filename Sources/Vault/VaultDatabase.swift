import Foundation
import GRDB
package import Identity
package import SelfService
import Synchronization

/// The private store in `vault.sqlite`: registrations, sessions, counters, undelivered messages, intents to
/// write, and the audit. It implements the ports of `SelfService` and `Audit`.
///
/// **One decision, one transaction, one writer.** Each operation of a port runs as one transaction (a savepoint,
/// where several share a commit: ``DecisionQueue``) on the only connection, on its own queue and never on the
/// cooperative pool. It is on disk (`synchronous=FULL`) before the caller learns its answer. So two callers cannot
/// both win, and a process that dies leaves a decision whole or not made.
package final class VaultDatabase: Sendable {
    /// Those that never change. `keys.decoyMaker` is for the composition of the services.
    package let keys: VaultKeys
    /// Sentences for the log, in order: a mode that had to be put right, an audit whose end is missing.
    package let notices: [String]
    /// How links in notices are made.
    private let links: Mutex<LinkRules?>

    let source: SecretsSource
    let queue: DatabaseQueue
    private let decisions: DecisionQueue
    let path: String
    let clock: any WallClock

    /// One element for each rotation of the keys that was begun since the last one was taken; for one listener.
    package let rotationsBegun: AsyncStream<Void>
    let rotationBell: AsyncStream<Void>.Continuation

    /// Opens or creates the file. It blocks for as long as the disk takes; ``open(path:keys:clock:)`` does not.
    /// - Throws: ``VaultError``, which says what to do: wrong key, another program's file, a later version's
    ///   file, damage, no access.
    package convenience init(path: String, key: VaultKey, clock: any WallClock = SystemWallClock()) throws {
        try self.init(path: path, keys: [key], clock: clock)
    }

    /// - Parameter keys: the first one wraps what is written; the others only open what they wrapped before.
    /// - Throws: ``VaultError``.
    package init(
        path: String,
        keys: [VaultKey],
        links: LinkRules? = nil,
        clock: any WallClock = SystemWallClock()
    ) throws {
        self.links = Mutex(links)
        (rotationsBegun, rotationBell) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        let source = SecretsSource(keys: keys, path: path)
        let (queue, notices) = try VaultFile(path: path).open()
        do {
            let (secrets, found) = try queue.write { db in
                try VaultOpening(source: source, db: db, now: Milliseconds(clock.now)).run()
            }
            self.keys = secrets.keyring.root
            self.notices = notices + found
            try Self.watchErasures(queue, secrets, source)
        } catch {
            throw VaultFailure.explain(error, path: path)
        }
        self.source = source
        self.queue = queue
        decisions = DecisionQueue(queue)
        self.path = path
        self.clock = clock
    }

    /// The journal beside the file and the one in it become one, and stay so.
    private static func watchErasures(
        _ queue: DatabaseQueue,
        _ secrets: VaultSecrets,
        _ source: SecretsSource
    ) throws {
        let file = ErasureFile(beside: source.path, keys: secrets.keyring.root, database: secrets.database)
        let last = try queue.read { try Int64.fetchOne($0, sql: "SELECT max(id) FROM erasure") }
        queue.add(transactionObserver: ErasureWatch(file: file, after: last ?? 0), extent: .databaseLifetime)
    }

    /// Opens or creates the file without blocking the caller's thread.
    /// - Throws: ``VaultError``.
    package static func open(
        path: String,
        keys: [VaultKey],
        clock: any WallClock = SystemWallClock()
    ) async throws -> VaultDatabase {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(with: Result { try VaultDatabase(path: path, keys: keys, clock: clock) })
            }
        }
    }

    /// The rules of another configuration, for links that are made from now on.
    package func replace(links rules: LinkRules?) { links.withLock { $0 = rules } }

    /// Moves the log into the file and closes both. Every later operation throws.
    package func close() throws { try queue.close() }

    /// Makes one decision. A cancelled task does not cancel it: what was counted stays counted, and what was
    /// done to the directory gets its outcome.
    /// - Throws: ``VaultError``.
    func decide<Value: Sendable>(
        _ decision: @escaping @Sendable (VaultTransaction) throws -> Value
    ) async throws -> Value {
        let (clock, source, path, links) = (clock, source, path, links.withLock { $0 })
        return try await decisions.run(failed: { VaultFailure.explain($0, path: path) }) { db in
            let secrets = try source.secrets(db)
            let now = Milliseconds(clock.now)
            return try decision(VaultTransaction(db: db, now: now, secrets: secrets, links: links))
        }
    }
}
