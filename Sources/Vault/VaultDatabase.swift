import Foundation
import GRDB
package import Identity

/// The private store in `vault.sqlite`: registrations, sessions, counters, undelivered messages, intents to
/// write, and the audit. It implements the ports of `SelfService` and `Audit`.
///
/// **One decision, one transaction, one writer.** Each operation of a port runs as one transaction (a savepoint,
/// where several share a commit: ``DecisionQueue``) on the only connection, on its own queue and never on the
/// cooperative pool. It is on disk (`synchronous=FULL`) before the caller learns its answer. So two callers cannot
/// both win, and a process that dies leaves a decision whole or not made.
package final class VaultDatabase: Sendable {
    /// Derived from the configured key. `keys.decoyMaker` is for the composition of the services.
    package let keys: VaultKeys
    /// Sentences for the log, in order: a mode that had to be put right, an audit whose end is missing.
    package let notices: [String]

    let secrets: VaultSecrets
    private let queue: DatabaseQueue
    private let decisions: DecisionQueue
    private let path: String
    private let clock: any WallClock

    /// Opens or creates the file. It blocks for as long as the disk takes; ``open(path:key:clock:)`` does not.
    /// - Throws: ``VaultError``, which says what to do: wrong key, another program's file, a later version's
    ///   file, damage, no access.
    package init(path: String, key: VaultKey, clock: any WallClock = SystemWallClock()) throws {
        let keys = VaultKeys(key)
        let (queue, notices) = try VaultFile(path: path).open()
        do {
            let (secrets, finding) = try queue.write { db in
                let database = try VaultIdentity.establish(db, keyID: keys.id, path: path)
                let secrets = VaultSecrets(keys: keys, database: database)
                return (secrets, try AuditTable(db: db, chain: secrets.chain).finding())
            }
            self.secrets = secrets
            self.notices = notices + (finding.map { ["\(path): \($0)"] } ?? [])
        } catch {
            throw VaultFailure.explain(error, path: path)
        }
        self.keys = keys
        self.queue = queue
        decisions = DecisionQueue(queue)
        self.path = path
        self.clock = clock
    }

    /// Opens or creates the file without blocking the caller's thread.
    /// - Throws: ``VaultError``.
    package static func open(
        path: String,
        key: VaultKey,
        clock: any WallClock = SystemWallClock()
    ) async throws -> VaultDatabase {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(with: Result { try VaultDatabase(path: path, key: key, clock: clock) })
            }
        }
    }

    /// Moves the log into the file and closes both. Every later operation throws.
    package func close() throws { try queue.close() }

    /// Makes one decision. A cancelled task does not cancel it: what was counted stays counted, and what was
    /// done to the directory gets its outcome.
    /// - Throws: ``VaultError``.
    func decide<Value: Sendable>(
        _ decision: @escaping @Sendable (VaultTransaction) throws -> Value
    ) async throws -> Value {
        let (clock, secrets, path) = (clock, secrets, path)
        return try await decisions.run(failed: { VaultFailure.explain($0, path: path) }) { db in
            try decision(VaultTransaction(db: db, now: Milliseconds(clock.now), secrets: secrets))
        }
    }
}
