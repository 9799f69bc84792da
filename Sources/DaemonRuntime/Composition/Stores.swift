import DaemonConfiguration
import Foundation
import Glibc
import Identity
import Logging
import Mirror
import Vault

extension [UInt8] {
    /// Our copy of a secret goes when it is not needed any more.
    fileprivate mutating func resetBytes() {
        for index in indices { self[index] = 0 }
    }
}

/// Claims the state folder and opens both databases in it.
enum Stores {
    static func open(
        _ settings: Settings,
        environment: [String: String],
        clock: any WallClock,
        logger: Logger
    ) throws -> (StateLock, MirrorDatabase, VaultDatabase) {
        let keys = try vaultKeys(settings, environment: environment)
        try prepare(settings.state)
        let lock = try StateLock(settings.state)
        do {
            let (path, limits) = (settings.state + "/mirror.sqlite", settings.sync.holdLimits)
            let opening = ParallelWork { try MirrorDatabase(path: path, clock: clock, limits: limits) }
            let vault = Result {
                try VaultDatabase(
                    path: settings.state + "/vault.sqlite",
                    keys: keys,
                    links: settings.links,
                    clock: clock
                )
            }
            // Waited for in every case: whoever fails must not leave a file open behind its lock.
            let mirror = Result { try opening.value() }
            let (openedVault, openedMirror) = (try vault.get(), try mirror.get())
            for notice in openedVault.notices + [openedMirror.notice].compactMap(\.self) {
                logger.warning("\(notice)")
            }
            return (lock, openedMirror, openedVault)
        } catch {
            throw StartError.configuration("\(error)")
        }
    }

    /// - Throws: ``StartError`` when one cannot be read, or is none.
    static func vaultKeys(_ settings: Settings, environment: [String: String]) throws(StartError) -> [VaultKey] {
        do {
            return try settings.vaultKeys.map { reference in
                var secret = try reference.resolved("vault.key", environment)
                defer { secret.resetBytes() }
                return try VaultKey(secret: secret)
            }
        } catch let error as StartError {
            throw error
        } catch {
            throw .configuration("\(error)")
        }
    }

    /// Makes the folder for its owner alone. One that exists is left as it is, unless others may write to it.
    static func prepare(_ path: String) throws(StartError) {
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
