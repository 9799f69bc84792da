import Foundation
import GRDB

/// Opens `mirror.sqlite` so that it is private, ours, whole and of this version's schema.
struct MirrorFile {
    let path: String
    let readers: Int

    /// Pages that a refresh touches and that do not fit are written to the log early and read back: for 100,000
    /// people that takes no longer than with a cache that holds everything.
    private static let writerCacheKiB = 8 * 1024
    /// A delta's pages are few, lie anywhere, and are wanted again at its end.
    private static let deltaCacheKiB = 16 * 1024
    private static let readerCacheKiB = 4 * 1024
    /// In seconds. Nobody but this process has a reason to hold a lock for longer.
    private static let busyTimeout: TimeInterval = 5

    /// - Returns: the database, and one sentence if a damaged file was moved aside.
    /// - Throws: ``MirrorError``; `DatabaseError` for what SQLite says beside that.
    func open() throws -> (pool: DatabasePool, notice: String?) {
        do {
            return (try openOnce(), nil)
        } catch let error as DatabaseError where Self.isDamage(error) {
            let aside = try moveAside()
            let notice = "\(path) was damaged and is now \(aside); the mirror is read again from the directory"
            return (try openOnce(), notice)
        }
    }

    static func isDamage(_ error: DatabaseError) -> Bool {
        [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(error.resultCode)
    }

    private func openOnce() throws -> DatabasePool {
        try makePrivate()
        try checkOwner()
        let pool = try DatabasePool(path: path, configuration: configuration)
        try checkVersion(pool)
        try pool.write(MirrorSchema.claim)
        try MirrorSchema.migrator.migrate(pool)
        return pool
    }

    private var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "mirror"
        configuration.maximumReaderCount = readers
        // The staging generation is one transaction that stays open between calls.
        configuration.allowsUnsafeTransactions = true
        configuration.busyMode = .timeout(Self.busyTimeout)
        configuration.prepareDatabase { db in
            // What a power cut takes from the end of the log, data and cookie together, the next sync brings again.
            try db.execute(sql: "PRAGMA synchronous = NORMAL")
            try Self.setCache(db, db.configuration.readonly ? Self.readerCacheKiB : Self.writerCacheKiB)
            try db.execute(sql: "PRAGMA temp_store = MEMORY")
            // 32 MiB: what was missed in a night is shown first and moved into the file later.
            try db.execute(sql: "PRAGMA wal_autocheckpoint = 8000")
        }
        return configuration
    }

    /// Makes room for the writer's next refresh, or gives it back after one.
    static func setCache(_ db: Database, forDelta isDelta: Bool) throws {
        try setCache(db, isDelta ? deltaCacheKiB : writerCacheKiB)
    }

    private static func setCache(_ db: Database, _ kibibytes: Int) throws {
        try db.execute(sql: "PRAGMA cache_size = -\(kibibytes)")
    }

    /// SQLite gives the mode of the database file to its `-wal` and `-shm` files.
    private func makePrivate() throws {
        let descriptor = unsafe Foundation.open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw inaccessible("cannot be opened for writing") }
        defer { close(descriptor) }
        guard fchmod(descriptor, 0o600) == 0 else { throw inaccessible("cannot be made private (mode 0600)") }
    }

    private func inaccessible(_ what: String) -> MirrorError {
        let reason = unsafe String(cString: strerror(errno))
        return MirrorError(
            .inaccessible,
            path: path,
            detail: "\(what): \(reason); check the state directory and its owner"
        )
    }

    /// A file of another program is neither changed nor moved.
    private func checkOwner() throws {
        var reading = Configuration()
        // Who was killed before the log was switched on (a new file, or one that was restored) left a journal. Only a
        // connection that may write can open the file then: it undoes what had been begun, and changes nothing else.
        reading.readonly = !FileManager.default.fileExists(atPath: path + "-journal")
        reading.busyMode = .timeout(Self.busyTimeout)
        let queue = try DatabaseQueue(path: path, configuration: reading)
        defer { try? queue.close() }
        let (application, tables) = try queue.read { db in
            (
                try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0,
                try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") ?? 0
            )
        }
        guard application == MirrorSchema.applicationID || (application == 0 && tables == 0) else {
            throw MirrorError(
                .notOurs,
                path: path,
                detail: "is a database of another program; move it away or set another `state` directory"
            )
        }
    }

    private func checkVersion(_ pool: DatabasePool) throws {
        guard try pool.read(MirrorSchema.migrator.hasBeenSuperseded) else { return }
        throw MirrorError(
            .newerSchema,
            path: path,
            detail: "was written by a later version; install that version, "
                + "or stop the daemon and delete the file: it is read again from the directory"
        )
    }

    /// Keeps the last damaged file for whoever wants to know, not more.
    private func moveAside() throws -> String {
        let aside = path + ".damaged"
        for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
        guard unsafe rename(path, aside) == 0 else { throw inaccessible("is damaged and cannot be moved aside") }
        return aside
    }
}
