import Logging
import SelfService
import ServiceLifecycle
import Synchronization
import Synchronizer

/// Keeps the sign-in limit below the directory's own lockout: at most half of its threshold, at least one.
/// Until the directory has said what it is, one.
final class LockoutWatch: Service {
    private let directory: any DirectoryAccounts
    private let configured: @Sendable () -> Int
    private let logger: Logger
    private let current = Mutex(1)
    private let doubts = Announcements<Void>()
    private let sleep: @Sendable (Duration) async throws -> Void

    private static let whileUnknown = Duration.seconds(5)
    private static let whileKnown = Duration.seconds(600)

    init(
        directory: any DirectoryAccounts,
        configured: @escaping @Sendable () -> Int,
        logger: Logger,
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.directory = directory
        self.configured = configured
        self.logger = logger
        self.sleep = sleep
    }

    /// The directory is another one: one, until it has said what it is.
    func startOver() {
        current.withLock { $0 = 1 }
        doubts.announce(())
    }

    /// How many failed sign-ins a person has within the window.
    var limit: @Sendable () -> Int {
        { [self] in current.withLock { $0 } }
    }

    func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            while !Task.isCancelled {
                // Before the look: what is doubted meanwhile is looked at again.
                let doubt = doubts.listen(limit: 1)
                let longest = await look() ? Self.whileKnown : Self.whileUnknown
                await doubt.wait { try await self.sleep(longest) }
            }
        }
    }

    /// In a directory that locks nobody, or does not say when it does.
    private static let unspoken = 2

    private func look() async -> Bool {
        do {
            let threshold = try await directory.lockoutThreshold()
            let limit = min(configured(), threshold.map { max(1, $0 / 2) } ?? Self.unspoken)
            current.withLock { $0 = limit }
            return true
        } catch {
            logger.debug("the directory's lockout threshold is not known yet", metadata: ["error": "\(error)"])
            return false
        }
    }
}
