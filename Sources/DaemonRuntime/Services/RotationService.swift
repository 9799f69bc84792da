import Logging
import SelfService
import ServiceLifecycle
import Vault

/// Brings records under new keys: at once after a start and after `vault rotate-key`. The vault says which are left, so
/// that a crash loses nothing.
struct RotationService: Service {
    let vault: VaultDatabase
    let logger: Logger

    /// After the vault could not be asked.
    private static let pause = Duration.seconds(30)
    /// After records that do not open: they are told again only now and then.
    private static let longPause = Duration.seconds(3600)

    func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            var begun = vault.rotationsBegun.makeAsyncIterator()
            repeat {
                while let pause = await rotate() {
                    do { try await Task.sleep(for: pause) } catch { return }
                }
            } while await begun.next() != nil
        }
    }

    /// - Returns: how long to wait before the rest is tried again; nothing where nothing is left.
    private func rotate() async -> Duration? {
        do {
            guard try await !vault.keyStatus().formerKeys.isEmpty else { return nil }
            let unreadable = try await vault.finishRotation()
            guard unreadable == 0 else {
                logger.error(
                    "records of the vault do not open and stay under a former key; see `latchkeyctl vault status`",
                    metadata: ["records": "\(unreadable)"]
                )
                return Self.longPause
            }
            logger.notice("all records of the vault are under its new keys")
            return nil
        } catch {
            logger.debug("the keys are not rotated yet", metadata: ["error": "\(error)"])
            return Self.pause
        }
    }
}
