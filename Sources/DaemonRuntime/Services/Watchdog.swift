import Logging
import ServiceLifecycle

/// Pets systemd's watchdog after the parts that do the work have answered. When one hangs, nobody pets it,
/// and systemd restarts the daemon.
struct Watchdog: Service {
    let interval: WatchdogInterval
    let notifier: SystemdNotifier
    let signsOfLife: @Sendable () async throws -> Void
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            while !Task.isCancelled {
                do {
                    try await signsOfLife()
                    try notifier.watchdog()
                } catch {
                    // A store that answers with an error is alive; the error is told where it happens.
                    if !(error is SystemdError) { try? notifier.watchdog() }
                }
                do { try await Task.sleep(for: interval.petEvery) } catch { return }
            }
        }
    }
}
