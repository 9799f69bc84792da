import Logging
import ServiceLifecycle
import UnixSignals

/// Reads the configuration again at SIGHUP, and tells systemd when that begins and when it is over.
struct ReloadService: Service {
    let reloader: Reloader
    let notifier: SystemdNotifier

    func run() async throws {
        let signals = await UnixSignalsSequence(trapping: .sighup)
        await cancelWhenGracefulShutdown { [self] in
            for await _ in signals {
                try? notifier.reloading()
                let isGood = (try? await reloader.reload()) != nil
                try? notifier.ready(
                    status: isGood ? "serving" : "serving; the new configuration is not good: see the log"
                )
            }
        }
    }
}
