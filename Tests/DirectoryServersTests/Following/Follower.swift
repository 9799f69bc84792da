import DirectoryServers
import Foundation
import Identity
import LatchkeyTesting
import Logging
import Mirror
import Synchronization
import Synchronizer
import Testing

/// A sync engine with its mirror on disk, following a real slapd in this process.
final class Follower: Sendable {
    let mirror: MirrorDatabase
    let engine: SyncEngine
    /// The engine's.
    let clock = LeapingClock()
    let warnings = Warnings()
    /// Everything from level info on.
    let notices = Warnings()
    private let accounts: LiveDirectory
    private let task: Mutex<Task<Void, any Error>?> = Mutex(nil)

    init(_ settings: DirectorySettings, folder: URL, rhythm: PollingRhythm = PollingRhythm()) throws {
        mirror = try MirrorDatabase(path: folder.appendingPathComponent("mirror.sqlite").path, clock: SystemWallClock())
        accounts = LiveDirectory(settings: settings)
        let (warnings, notices) = (warnings, notices)
        engine = SyncEngine(
            feed: DirectoryFeed(settings: settings, rhythm: rhythm),
            store: mirror,
            probe: OpenLDAPMembershipProbe(accounts),
            clock: clock,
            logger: Logger(label: "test") { _ in WarningLog(warnings: warnings, notices: notices) }
        )
    }

    func start() {
        let engine = engine
        task.withLock { $0 = Task { try await engine.run() } }
    }

    func stop() async {
        let running = task.withLock { task in
            defer { task = nil }
            return task
        }
        running?.cancel()
        _ = await running?.result
        await accounts.close()
    }

    /// Waits until the mirror is live.
    func live() async throws {
        try await eventually("the mirror is live") { await self.engine.status().state == .live }
    }

    /// Waits until the mirror is as the directory was, pushed or polled.
    func current() async throws {
        try await eventually("the mirror is current") {
            let state = await self.engine.status().state
            return state == .live || state == .polling
        }
    }

    func problem() async throws -> String {
        try await eventually("a problem is told") { await self.engine.status().problem != nil }
        return await engine.status().problem ?? ""
    }

    func roles(_ login: String) async throws -> [String]? { try await mirror.user(login: login)?.roles }

    func logins() async throws -> [String] {
        try await mirror.users(UserQuery(limit: 1000)).items.map(\.login).sorted()
    }
}

/// Lines of a log.
final class Warnings: Sendable {
    private let lines = Mutex<[String]>([])
    private let (stream, continuation) = AsyncStream<Void>.makeStream()

    func add(_ line: String) {
        lines.withLock { $0.append(line) }
        continuation.yield()
    }

    /// Waits for the next line without asking again and again.
    func first() async { for await _ in stream { return } }

    var all: [String] { lines.withLock { $0 } }
}

private struct WarningLog: LogHandler {
    let warnings: Warnings
    let notices: Warnings
    var logLevel = Logger.Level.info
    var metadata: Logger.Metadata = [:]
    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }
    func log(event: LogEvent) {
        notices.add("\(event.message)")
        if event.level >= .warning { warnings.add("\(event.message)") }
    }
}

/// Runs the body with a follower of the slapd, and stops it.
func withFollower<Value: Sendable>(
    _ settings: DirectorySettings,
    folder: URL,
    rhythm: PollingRhythm = PollingRhythm(),
    _ body: (Follower) async throws -> Value
) async throws -> Value {
    let follower = try Follower(settings, folder: folder, rhythm: rhythm)
    follower.start()
    do {
        let value = try await body(follower)
        await follower.stop()
        return value
    } catch {
        await follower.stop()
        throw error
    }
}

/// A folder for a mirror, beside the slapd and gone with it.
func mirrorFolder(_ slapd: SlapdFixture) throws -> URL {
    let folder = slapd.directory.appendingPathComponent("mirror-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
}
