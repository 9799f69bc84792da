import Logging
import SelfService
import ServiceLifecycle
import Vault

/// Brings records under new keys: at once after a start and after `vault rotate-key`. The vault says which are left, so
/// that a crash loses nothing.
struct RotationService: Service {
    let vault: VaultDatabase
    let logger: Logger

    private static let pause = Duration.seconds(2)
    /// After records that do not open: they are told again only now and then.
    private static let longPause = Duration.seconds(3600)

    func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            while !Task.isCancelled {
                let unreadable = await rotate()
                do {
                    try await Task.sleep(for: unreadable > 0 ? Self.longPause : Self.pause)
                } catch { return }
            }
        }
    }

    private func rotate() async -> Int {
        do {
            guard try await !vault.keyStatus().formerKeys.isEmpty else { return 0 }
            let unreadable = try await vault.finishRotation()
            if unreadable > 0 {
                logger.error(
                    "records of the vault do not open and stay under a former key; see `latchkeyctl vault status`",
                    metadata: ["records": "\(unreadable)"]
                )
            } else {
                logger.notice("all records of the vault are under its new keys")
            }
            return unreadable
        } catch {
            logger.debug("the keys are not rotated yet", metadata: ["error": "\(error)"])
            return 0
        }
    }
}
