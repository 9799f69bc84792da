import Foundation
import GRDB

/// Opens `vault.sqlite` so that it is private from its first byte on, ours, whole and of this version's schema.
///
/// Unlike the mirror, nothing here is ever moved aside or started anew: the vault is precious.
struct VaultFile {
    let path: String

    /// How long another process (a backup, a look with `sqlite3`) may hold the file, in seconds.
    static let busyTimeout: TimeInterval = 5
    /// The log is cut back to this many bytes after a checkpoint.
    static let logLimit = 4 << 20

    /// - Returns: the database, and a sentence for the log for everything that was put right.
    func open() throws -> (queue: DatabaseQueue, notices: [String]) {
        let notices = try makePrivate()
        do {
            try checkOwner()
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try secure(queue)
            try checkVersion(queue)
            try queue.write(VaultSchema.claim)
            try VaultSchema.migrator.migrate(queue)
            return (queue, notices)
        } catch let error as DatabaseError {
            throw VaultFailure.explain(error, path: path)
        }
    }

    private var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "vault"
        configuration.journalMode = .wal
        configuration.busyMode = .timeout(Self.busyTimeout)
        return configuration
    }

    /// After GRDB has set up the log, since that sets `synchronous` to NORMAL: a power cut must not revive a
    /// spent code.
    private func secure(_ queue: DatabaseQueue) throws {
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA synchronous = FULL")
            try db.execute(sql: "PRAGMA secure_delete = ON")
            try db.execute(sql: "PRAGMA temp_store = MEMORY")
            try db.execute(sql: "PRAGMA trusted_schema = OFF")
            _ = try Int.fetchOne(db, sql: "PRAGMA journal_size_limit = \(Self.logLimit)")
        }
    }

    /// Creates the file with mode 0600 whatever the umask is; SQLite gives its mode to `-wal` and `-shm`. A file
    /// that others could read is made private, and that is told.
    private func makePrivate() throws -> [String] {
        try ["", "-wal", "-shm"].compactMap { suffix in
            try makePrivate(path + suffix, creating: suffix.isEmpty)
        }
    }

    private func makePrivate(_ path: String, creating: Bool) throws -> String? {
        let flags = O_RDWR | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | (creating ? O_CREAT : 0)
        let descriptor = unsafe Foundation.open(path, flags, 0o600)
        if descriptor < 0, !creating, errno == ENOENT { return nil }
        guard descriptor >= 0 else { throw inaccessible("cannot be opened for writing") }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw inaccessible("cannot be examined") }
        guard status.st_mode & S_IFMT == S_IFREG else { throw inaccessible("is not a regular file") }
        guard status.st_mode & 0o777 != 0o600 else { return nil }
        guard fchmod(descriptor, 0o600) == 0 else { throw inaccessible("cannot be made private (mode 0600)") }
        // A umask may have taken bits from a file that was just created: that is nothing to tell.
        guard status.st_mode & 0o077 != 0 else { return nil }
        return "\(path) could be read by others and is private (mode 0600) now; find out who read it"
    }

    private func inaccessible(_ what: String) -> VaultError {
        let reason = unsafe String(cString: strerror(errno))
        return VaultError(
            .inaccessible,
            at: path,
            detail: "\(what): \(reason); check the state directory and its owner"
        )
    }

    /// A file of another program is not changed.
    private func checkOwner() throws {
        var reading = Configuration()
        reading.busyMode = .timeout(Self.busyTimeout)
        // Who was killed before the log was switched on (a new file, or one that was restored) left a journal. Only a
        // connection that may write can open the file then: it undoes what had been begun, and changes nothing else.
        reading.readonly = !FileManager.default.fileExists(atPath: path + "-journal")
        let queue = try DatabaseQueue(path: path, configuration: reading)
        defer { try? queue.close() }
        let (application, tables) = try queue.read { db in
            (
                try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0,
                try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") ?? 0
            )
        }
        guard application == VaultSchema.applicationID || (application == 0 && tables == 0) else {
            throw VaultError(
                .notOurs,
                at: path,
                detail: "is a database of another program; move it away or set another `state` directory"
            )
        }
    }

    private func checkVersion(_ queue: DatabaseQueue) throws {
        guard try queue.read(VaultSchema.migrator.hasBeenSuperseded) else { return }
        throw VaultError(
            .newerSchema,
            at: path,
            detail:
                "was written by a later version of Latchkey; install that version, or restore a backup of this one's"
        )
    }
}
