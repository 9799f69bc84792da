import Identity
import Logging
import ServiceLifecycle
import Synchronizer

/// Sweeps once the mirror is known to hold what the directory holds, and every hour. While the directory is away, who
/// is back there cannot be known, and nobody is purged.
struct RetentionService: Service {
    let retention: Retention
    let engine: SyncEngine
    let logger: Logger

    private static let afterSweep = Duration.seconds(3600)
    private static let untilCurrent = Duration.seconds(10)

    func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            while !Task.isCancelled {
                let isDone = await sweep()
                do {
                    try await Task.sleep(for: isDone ? Self.afterSweep : Self.untilCurrent)
                } catch { return }
            }
        }
    }

    private func sweep() async -> Bool {
        guard await engine.freshness().state != .stale else { return false }
        do {
            let purged = try await retention.sweep()
            if purged.registrations > 0 || purged.people > 0 {
                logger.notice(
                    "people who were deleted long ago are purged",
                    metadata: ["registrations": "\(purged.registrations)", "people": "\(purged.people)"]
                )
            }
            return true
        } catch {
            // A refresh is being written, or a disk is full: the vault and the engine say the latter.
            logger.debug("deleted people are not purged yet", metadata: ["error": "\(error)"])
            return false
        }
    }
}
