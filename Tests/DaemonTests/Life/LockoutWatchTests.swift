import LatchkeyTesting
import Logging
import Synchronization
import Testing

@testable import DaemonRuntime

@Suite("The directory's lockout threshold")
struct LockoutWatchTests {
    /// Lets the first waits end at once, and the next ones never.
    private final class Waits: Sendable {
        private let waits = Mutex(0)

        var count: Int { waits.withLock { $0 } }

        func next(ending: Int) async {
            let number = waits.withLock { waits in
                waits += 1
                return waits
            }
            guard number > ending else { return }
            let (never, open) = AsyncStream<Void>.makeStream()
            for await _ in never {}
            open.finish()
        }
    }

    @Test("is asked for after each wait and not in between, also once a wait has ended by itself")
    func waits() async throws {
        let looks = Mutex(0)
        let waiting = Waits()
        let watch = LockoutWatch(
            directory: ScriptedDirectory(),
            configured: {
                looks.withLock { $0 += 1 }
                return 5
            },
            logger: Logger(label: "test"),
            sleep: { _ in await waiting.next(ending: 2) }
        )
        let running = Task { try await watch.run() }
        try await eventually("the third wait has begun") { waiting.count == 3 }
        // Room for a look that nobody asked for.
        for _ in 0..<1000 { await Task.yield() }
        #expect(looks.withLock { $0 } == 3 && waiting.count == 3)
        watch.startOver()
        try await eventually("a doubt ends a wait") { waiting.count == 4 }
        #expect(looks.withLock { $0 } == 4)
        running.cancel()
        try await running.value
    }
}
