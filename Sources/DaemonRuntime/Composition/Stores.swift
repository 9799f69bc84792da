import DaemonConfiguration
import Foundation
import Glibc
import Identity
import Logging
import Mirror
import Vault

/// Claims the state folder and opens both databases in it.
enum Stores {
    static func open(
        _ settings: Settings,
        environment: [String: String],
        clock: any WallClock,
        logger: Logger
    ) throws -> (StateLock, MirrorDatabase, VaultDatabase) {
        let secret = try settings.vaultKey.resolved("vault.key", environment)
        try prepare(settings.state)
        let lock = try StateLock(settings.state)
        do {
            let vault = try VaultDatabase(
                path: settings.state + "/vault.sqlite",
                key: try VaultKey(secret: secret),
                clock: clock
            )
            for notice in vault.notices { logger.warning("\(notice)") }
            let mirror = try MirrorDatabase(
                path: settings.state + "/mirror.sqlite",
                clock: clock,
                limits: settings.sync.holdLimits
            )
            if let notice = mirror.notice { logger.warning("\(notice)") }
            return (lock, mirror, vault)
        } catch {
            throw StartError.configuration("\(error)")
        }
    }

    /// Makes the folder for its owner alone. One that exists is left as it is, unless others may write to it.
    private static func prepare(_ path: String) throws(StartError) {
        if unsafe mkdir(path, 0o700) == 0 { return }
        var status = stat()
        guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw .configuration("state: \(path) is no folder and cannot be made; make it, for this user alone")
        }
        guard status.st_mode & 0o022 == 0 else {
            throw .configuration("state: others may write to \(path); run `chmod 700 \(path)`")
        }
    }
}
