import Foundation
import Identity
import LatchkeyTesting
import Logging
import Mirror
import Synchronization
import Synchronizer

/// An engine over a scripted feed and a real mirror.
final class EngineFixture: Sendable {
    let directory: URL
    let clock = ManualClock()
    let feed = ScriptedFeed()
    let sleep = ManualSleep()
    let log = CapturedLog()
    let probe = FakeMembershipProbe()
    private let removed = Recorder()
    let mirror: MirrorDatabase
    let engine: SyncEngine
    private let running = Mutex<Task<Void, any Error>?>(nil)

    init(probing: Bool = false, verifyEvery: Duration? = nil) throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "engine-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        mirror = try MirrorDatabase(path: directory.appending(path: "mirror.sqlite").path(), clock: clock)
        let sleep = sleep
        let hooks = SyncHooks { [removed] ids in removed.add(ids) }
        engine = SyncEngine(
            feed: feed,
            store: mirror,
            probe: probing ? probe : nil,
            clock: clock,
            logger: log.logger,
            hooks: hooks,
            verifyEvery: verifyEvery,
            sleep: { try await sleep.sleep($0) },
            random: { 0.999 },
            patience: { _ in try await shortPause() }
        )
    }

    var removedPeople: [EntryID] { removed.all }

    deinit { try? FileManager.default.removeItem(at: directory) }

    func start() {
        running.withLock { running in running = Task { [engine] in try await engine.run() } }
    }

    func stop() async {
        let task = running.withLock { $0.take() }
        task?.cancel()
        _ = await task?.result
    }

    /// Starts with these entries and waits until they are followed.
    func live(_ entries: [FedEntry]) async -> Bool {
        feed.onNextConnection(.refresh(entries) + [.stay])
        start()
        return await isLive()
    }

    func isLive() async -> Bool {
        await eventually { await self.engine.status().state == .live && self.feed.isStaying }
    }

    func ended(_ run: SyncRun) async -> SyncRun? {
        var found = await engine.syncRun(run.id, after: run.revision, wait: .seconds(20))
        while let open = found, !open.isEnded {
            found = await engine.syncRun(open.id, after: open.revision, wait: .seconds(20))
        }
        return found
    }
}

/// Whom the engine told to be gone.
final class Recorder: Sendable {
    private let ids = Mutex<[EntryID]>([])

    var all: [EntryID] { ids.withLock { $0 } }

    func add(_ more: [EntryID]) { ids.withLock { $0 += more } }
}

extension [FedEntry] {
    static func people(_ names: String...) -> Self {
        names.enumerated().map { .user(EntryMaker.person($0.offset + 1, $0.element)) }
    }

    static func people(_ numbers: ClosedRange<Int>) -> Self { numbers.map { .user(EntryMaker.person($0)) } }
}
