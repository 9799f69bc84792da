import Foundation
import GRDB

/// Copies the vault while it is written to: a reader of the log sees one moment of it and holds nobody up.
struct BackupWriter {
    let vault: String
    let directory: String
    let secrets: VaultSecrets
    /// The id of the configured key.
    let key: String
    let now: Milliseconds

    /// Tables of things that live for minutes. A restore would void them anyway.
    static let leftOut = ["message", "challenge", "session", "approval"]

    /// - Returns: the file, and what it says of itself.
    func run() throws -> (path: String, manifest: BackupManifest) {
        try checkDirectory()
        try removeLeftovers()
        let aside = "\(directory)/\(prefix)\(UUID().uuidString)\(Self.suffix)"
        defer { _ = unsafe unlink(aside) }
        try makeEmpty(aside)
        try copy(to: aside)
        let manifest = try complete(aside)
        let path = "\(directory)/vault-\(name).sqlite"
        guard unsafe link(aside, path) == 0 else { throw failure("cannot be given its name \(path)") }
        try FileDurability.sync(directory)
        return (path, manifest)
    }

    private static let suffix = ".partial"

    /// Other vaults may be backed up to the same directory.
    private var prefix: String { ".vault-\(Hexadecimal.text(Array(secrets.database)).prefix(8))-" }

    /// To the millisecond, without colons: `20261123T120000.123Z`.
    private var name: String {
        let date = now.date.formatted(.iso8601.year().month().day().dateSeparator(.omitted))
        let time = now.date.formatted(.iso8601.time(includingFractionalSeconds: true).timeSeparator(.omitted))
        return "\(date)T\(time)Z"
    }

    private func checkDirectory() throws {
        var status = stat()
        guard directory.hasPrefix("/"), unsafe stat(directory, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw VaultError(
                .inaccessible,
                at: directory,
                detail: "is no directory that the daemon can see; give the absolute path of one that it may write to"
            )
        }
        guard status.st_mode & 0o022 == 0 || status.st_mode & S_ISVTX != 0 else {
            throw VaultError(
                .inaccessible,
                at: directory,
                detail: "can be written to by others, who could put another file in the backup's place; chmod go-w it"
            )
        }
    }

    /// Of a backup during which the daemon died.
    private func removeLeftovers() throws {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        where name.hasPrefix(prefix) && name.contains(Self.suffix) {
            _ = unsafe unlink("\(directory)/\(name)")
        }
    }

    private func makeEmpty(_ path: String) throws {
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw failure("cannot be written to") }
        close(descriptor)
    }

    private func copy(to aside: String) throws {
        var configuration = Configuration()
        configuration.busyMode = .timeout(VaultFile.busyTimeout)
        let source = try DatabaseQueue(path: vault, configuration: configuration)
        defer { try? source.close() }
        try source.writeWithoutTransaction { try $0.execute(sql: "VACUUM INTO ?", arguments: [aside]) }
    }

    private func complete(_ aside: String) throws -> BackupManifest {
        let copy = try DatabaseQueue(path: aside)
        defer { try? copy.close() }
        try copy.writeWithoutTransaction {
            try $0.execute(sql: "PRAGMA secure_delete = ON; PRAGMA journal_mode = MEMORY")
        }
        let manifest = try copy.write { db in
            for table in Self.leftOut { try db.execute(sql: "DELETE FROM \(table)") }
            let manifest = try BackupManifest(of: db, time: now, key: key)
            try manifest.store(db, secrets.keyring.root)
            return manifest
        }
        let whole = try copy.read { try String.fetchOne($0, sql: "PRAGMA integrity_check") }
        guard whole == "ok" else { throw failure("is not whole") }
        try copy.close()
        try FileDurability.sync(aside)
        return manifest
    }

    private func failure(_ what: String) -> VaultError {
        let reason = unsafe String(cString: strerror(errno))
        return VaultError(
            .inaccessible,
            at: directory,
            detail: "the backup \(what): \(reason); look after its directory"
        )
    }
}
