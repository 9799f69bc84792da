import GRDB
package import Identity
package import Synchronizer
import Synchronization

/// The replica of users and roles in `mirror.sqlite` (mode 0600, WAL). Deleting the file loses nothing: it is
/// read again from the directory.
///
/// **Staging.** A staging generation is *one* write transaction on the only writer connection, held open from
/// ``beginRefresh(identity:resumed:)`` to ``commitRefresh(_:)``. Readers have connections of their own and see
/// the last commit (WAL snapshot isolation). So there is no copy of the tables, no second pass to swap them in,
/// and nothing to clean up: giving up is a rollback, and after a crash SQLite finds no commit record and the
/// staging generation never happened.
package final class MirrorDatabase: Sendable {
    let pool: DatabasePool
    let path: String
    let clock: any WallClock
    let limits: HoldLimits
    /// The open staging generation. Touched on the writer's queue only.
    let staging = Mutex<Staging?>(nil)
    let stagingQueue = StagingQueue()
    private let committed: Mutex<Int64>
    let announcements = Announcements<Void>()

    /// One sentence for the log, if the file was damaged and had to be started anew.
    package let notice: String?

    /// The number of connections that read at the same time.
    package static let readerCount = 4

    /// Opens or creates the file.
    ///
    /// A damaged file is moved to `PATH.damaged` and started anew (see ``notice``).
    /// - Parameter limits: from where on removals are held.
    /// - Throws: ``MirrorError``, which says what to do: another program's file, a later version's file, no access.
    package init(path: String, clock: any WallClock, limits: HoldLimits = HoldLimits()) throws {
        let (pool, notice) = try MirrorFile(path: path, readers: Self.readerCount).open()
        self.pool = pool
        self.path = path
        self.clock = clock
        self.limits = limits
        self.notice = notice
        let generation = try pool.read { db in try Int64.fetchOne(db, sql: "SELECT generation FROM meta") ?? 0 }
        committed = Mutex(generation)
    }

    /// Moves the log into the file and closes both: whoever starts next has no log to read. Every later operation throws.
    package func close() throws {
        // The pool closes its writer before its readers, and what is closed last, being a reader, leaves the log there.
        try pool.writeWithoutTransaction { db in _ = try db.checkpoint(.truncate) }
        try pool.close()
    }

    /// The generation that a read started now would see. 0 until one complete generation exists.
    package var generation: Int64 { committed.withLock { $0 } }

    func publish(_ generation: Int64) {
        let before = committed.withLock { committed in
            defer { committed = generation }
            return committed
        }
        if generation > before { announcements.announce(()) }
    }

    /// Runs on the writer's own queue, to the end: a cancelled task must not leave a transaction half closed.
    func write<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            pool.asyncWriteWithoutTransaction { db in
                continuation.resume(with: Result { try body(db) }.mapError(self.explain))
            }
        }
    }

    func read<Value: Sendable>(_ body: @Sendable (Database) throws -> Value) async throws -> Value {
        do {
            return try await pool.read(body)
        } catch {
            throw explain(error)
        }
    }

    /// Damage found while running gets a sentence that says what to do.
    func explain(_ error: any Error) -> any Error {
        guard let error = error as? DatabaseError, MirrorFile.isDamage(error) else { return error }
        return MirrorError(
            .damaged,
            path: path,
            detail: "is damaged; restart the daemon: the file is then moved aside and read again from the directory"
        )
    }
}
