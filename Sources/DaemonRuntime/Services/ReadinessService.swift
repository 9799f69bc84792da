import Logging
import ServiceLifecycle

/// Tells systemd that the daemon serves, and that it stops.
///
/// Ready means that the sockets answer, not that the directory does: a host must boot without its directory.
struct ReadinessService: Service {
    let notifier: SystemdNotifier
    let logger: Logger

    func run() async throws {
        try notifier.ready(status: "serving")
        logger.notice("latchkeyd serves", metadata: ["version": "\(Daemon.version)"])
        try? await gracefulShutdown()
        try? notifier.stopping()
    }
}
