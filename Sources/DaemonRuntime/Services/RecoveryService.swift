import Logging
import SelfService
import ServiceLifecycle

/// Resolves writes without an outcome, at once after a start and for as long as there are some, and looks again at
/// passwords that were written.
struct RecoveryService: Service {
    let recovery: WriteRecovery
    let watching: WriteWatching
    let logger: Logger

    private static let whileSome = Duration.seconds(2)
    private static let whileNone = Duration.seconds(30)

    func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            while !Task.isCancelled {
                let remaining = (try? await recovery.resolveAll()) ?? 1
                try? await watching.look()
                do {
                    try await Task.sleep(for: remaining > 0 ? Self.whileSome : Self.whileNone)
                } catch { return }
            }
        }
    }
}
