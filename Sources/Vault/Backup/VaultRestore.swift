import Audit
import Foundation
import GRDB
package import Identity

/// `latchkeyd --restore`: puts a backup in the place of the vault, with nothing revived that was spent, revoked or
/// erased since. Everything is made ready in a file aside; the change itself is one rename. Whoever is killed at any
/// moment finds the old vault or the new one.
package struct VaultRestore: Sendable {
    private let file: String
    private let target: String
    private let source: SecretsSource
    private let now: Milliseconds
    /// Called before each step that changes something on disk; a test looks at the files there.
    var willStep: @Sendable (String) -> Void = { _ in }
    /// Called before each statement, likewise; nil costs nothing.
    var tracing: (@Sendable () -> Void)?

    /// - Parameters:
    ///   - file: the backup.
    ///   - vault: the path of the vault. No daemon may have it open.
    ///   - keys: as configured; the backup's own key may be any of them.
    package init(file: String, vault: String, keys: [VaultKey], clock: any WallClock = SystemWallClock()) {
        self.file = file
        target = vault
        source = SecretsSource(keys: keys, path: file)
        now = Milliseconds(clock.now)
    }

    private var work: String { target + ".restoring" }

    /// - Throws: ``VaultError``. Nothing was changed then.
    package func run() throws -> RestoreReport {
        do {
            try removeLeftovers()
            willStep("copy")
            try copyAside()
            let report = try prepare()
            willStep("sync")
            try FileDurability.sync(work)
            return try swap(report)
        } catch {
            try? removeLeftovers()
            throw VaultFailure.explain(error, path: file)
        }
    }

    private func removeLeftovers() throws {
        for suffix in ["", "-wal", "-shm", "-journal"] { _ = unsafe unlink(work + suffix) }
        try removeSecondNames()
    }

    /// Of a restore that was killed between giving the vault its second name and taking the first: the same file.
    private func removeSecondNames() throws {
        var own = stat()
        guard unsafe stat(target, &own) == 0, own.st_nlink > 1 else { return }
        let directory = (target as NSString).deletingLastPathComponent
        for name in try FileManager.default.contentsOfDirectory(atPath: directory) {
            let path = directory + "/" + name
            var status = stat()
            guard path.hasPrefix(target + Self.keptSuffix), unsafe stat(path, &status) == 0, status.st_ino == own.st_ino
            else { continue }
            _ = unsafe unlink(path)
        }
    }

    private static let keptSuffix = ".before-restore-"

    private func copyAside() throws {
        let descriptor = unsafe open(work, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw FileDurability.failure(work) }
        let output = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try giveToOwner(descriptor)
        guard let input = FileHandle(forReadingAtPath: file) else { throw FileDurability.failure(file) }
        while let bytes = try input.read(upToCount: 1 << 20), !bytes.isEmpty { try output.write(contentsOf: bytes) }
        try output.close()
    }

    /// Root restores for the daemon's user, whose folder it is.
    private func giveToOwner(_ descriptor: Int32) throws {
        var folder = stat()
        let path = (target as NSString).deletingLastPathComponent
        guard geteuid() == 0, unsafe stat(path, &folder) == 0 else { return }
        guard fchown(descriptor, folder.st_uid, folder.st_gid) == 0 else { throw FileDurability.failure(work) }
    }

    // MARK: Making ready

    private func prepare() throws -> RestoreReport {
        let queue = try openBackup()
        defer { try? queue.close() }
        let manifest = try queue.write { db in
            let manifest = try BackupManifest.checked(db, source.store(db).load().keyring.root, path: file)
            return manifest
        }
        try VaultSchema.migrator.migrate(queue)
        let (inUse, problem) = try vaultInUse(try queue.read { try source.store($0).database() })
        if inUse != nil {
            try queue.writeWithoutTransaction { db in
                try db.execute(sql: "ATTACH DATABASE ? AS inuse", arguments: [target])
            }
        }
        willStep("merge")
        return try queue.write { db in try merge(db, manifest, inUse, problem) }
    }

    private func openBackup() throws -> DatabaseQueue {
        var configuration = Configuration()
        // A file that is thrown away when anything goes wrong needs no journal.
        let tracing = tracing
        configuration.prepareDatabase { db in
            if let tracing { db.trace { _ in tracing() } }
            try db.execute(sql: "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA secure_delete = ON")
        }
        let queue = try DatabaseQueue(path: work, configuration: configuration)
        let (application, whole) = try queue.read { db in
            (
                try Int32.fetchOne(db, sql: "PRAGMA application_id"),
                try String.fetchOne(db, sql: "PRAGMA integrity_check")
            )
        }
        guard application == VaultSchema.applicationID else {
            throw VaultError(.notABackup, at: file, detail: "is no backup of a vault; give one that is")
        }
        guard whole == "ok" else {
            throw VaultError(.notABackup, at: file, detail: "is damaged; take another backup")
        }
        guard try !queue.read(VaultSchema.migrator.hasBeenSuperseded) else {
            throw VaultError(.newerSchema, at: file, detail: "is of a later version of Latchkey; install that one")
        }
        guard try queue.read({ try $0.tableExists("backup") }) else {
            throw VaultError(.notABackup, at: file, detail: "is no backup that `latchkeyctl vault backup` made")
        }
        return queue
    }

    /// The vault in use, or why it cannot be read. One of another identity is never replaced.
    private func vaultInUse(_ database: [UInt8]) throws -> (VaultInUse?, String?) {
        guard FileManager.default.fileExists(atPath: target) else { return (nil, nil) }
        let inUse: VaultInUse
        do {
            inUse = try VaultInUse(path: target, source: SecretsSource(keys: source.keys, path: target))
        } catch let error as VaultError where error.code == .notOurs || error.code == .newerSchema {
            throw error
        } catch {
            return (nil, "\(VaultFailure.explain(error, path: target))")
        }
        guard inUse.database == database else {
            throw VaultError(
                .otherVault,
                at: file,
                detail: "is a backup of another vault than \(target); move that file away first if this is meant"
            )
        }
        return (inUse, nil)
    }

    private func merge(
        _ db: Database,
        _ manifest: BackupManifest,
        _ inUse: VaultInUse?,
        _ problem: String?
    ) throws -> RestoreReport {
        var outcome = try VaultMerge(db: db, source: source, now: now).run(inUse)
        _ = try source.store(db).establish()
        let transaction = VaultTransaction(db: db, now: now, secrets: try source.store(db).load())
        let journal = ErasureFile(
            beside: target,
            keys: transaction.secrets.keyring.root,
            database: transaction.secrets.database
        )
        let replayed = try ErasureReplay(transaction: transaction).run(try journal.read())
        outcome.erased.people += replayed.people
        outcome.erased.methods += replayed.methods
        try db.execute(sql: "DELETE FROM backup")
        let report = RestoreReport(
            backupTime: manifest.time.date,
            people: try Int.fetchOne(db, sql: "SELECT count(*) FROM registration") ?? 0,
            erasedAgain: outcome.erased.people,
            revokedAgain: outcome.erased.methods,
            keepsAudit: outcome.keepsAudit,
            problem: problem
        )
        try transaction.audit(report.event)
        return report
    }

    // MARK: The change

    private func swap(_ report: RestoreReport) throws -> RestoreReport {
        var report = report
        if FileManager.default.fileExists(atPath: target) {
            willStep("keep")
            let aside = try keep()
            report.aside = aside
            try moveLog(to: aside, isReadable: report.problem == nil)
        }
        willStep("rename")
        guard unsafe rename(work, target) == 0 else { throw FileDurability.failure(target) }
        willStep("directory")
        try FileDurability.sync((target as NSString).deletingLastPathComponent)
        return report
    }

    /// Gives the vault a second name, under which it stays.
    private func keep() throws -> String {
        for number in 0..<Self.keptLimit {
            let aside = "\(target)\(Self.keptSuffix)\(now.count)" + (number == 0 ? "" : "-\(number)")
            if unsafe link(target, aside) == 0 { return aside }
            guard errno == EEXIST else { throw FileDurability.failure(aside) }
        }
        throw FileDurability.failure(target + Self.keptSuffix)
    }

    /// Vaults that were replaced within one millisecond.
    private static let keptLimit = 100

    /// A log that stayed would be played into the new file. A readable vault has left none when it was closed.
    private func moveLog(to aside: String, isReadable: Bool) throws {
        for suffix in ["-wal", "-shm"] where FileManager.default.fileExists(atPath: target + suffix) {
            guard !isReadable else {
                throw VaultError(
                    .unavailable,
                    at: target,
                    detail: "is held open by another process; end it (a daemon, `sqlite3`) and try again"
                )
            }
            guard unsafe rename(target + suffix, aside + suffix) == 0 else { throw FileDurability.failure(aside) }
        }
    }
}
