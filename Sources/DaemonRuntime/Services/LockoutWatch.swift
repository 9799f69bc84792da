import Logging
import SelfService
import ServiceLifecycle
import Synchronization

/// Keeps the sign-in limit below the directory's own lockout: at most half of its threshold, at least one.
/// Until the directory has said what it is, one.
final class LockoutWatch: Service {
    private let directory: any DirectoryAccounts
    private let configured: @Sendable () -> Int
    private let logger: Logger
    private let current = Mutex(1)
    private let doubts: AsyncStream<Void>
    private let bell: AsyncStream<Void>.Continuation

    private static let whileUnknown = Duration.seconds(5)
    private static let whileKnown = Duration.seconds(600)

    init(directory: any DirectoryAccounts, configured: @escaping @Sendable () -> Int, logger: Logger) {
        self.directory = directory
        self.configured = configured
        self.logger = logger
        (doubts, bell) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// The directory is another one: one, until it has said what it is.
    func startOver() {
        current.withLock { $0 = 1 }
        bell.yield()
    }

    /// How many failed sign-ins a person has within the window.
    var limit: @Sendable () -> Int {
        { [self] in current.withLock { $0 } }
    }

    func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            while !Task.isCancelled {
                let isKnown = await look()
                await wait(atMost: isKnown ? Self.whileKnown : Self.whileUnknown)
            }
        }
    }

    private func wait(atMost longest: Duration) async {
        await withTaskGroup(of: Void.self) { [doubts] group in
            group.addTask { try? await Task.sleep(for: longest) }
            group.addTask { for await _ in doubts { return } }
            await group.next()
            group.cancelAll()
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
