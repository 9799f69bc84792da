import Foundation
import Identity
import LatchkeyTesting
import Mirror
import Synchronizer

/// A mirror in a directory of its own, removed at the end.
final class MirrorFixture {
    let directory: URL
    let clock = ManualClock()
    let mirror: MirrorDatabase

    private let limits: HoldLimits

    /// - Parameter limits: most tests are about other things than what is held.
    init(limits: HoldLimits = .unlimited) throws {
        self.limits = limits
        directory = FileManager.default.temporaryDirectory.appending(path: "mirror-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        mirror = try MirrorDatabase(
            path: directory.appending(path: "mirror.sqlite").path(),
            clock: clock,
            limits: limits
        )
    }

    deinit { try? FileManager.default.removeItem(at: directory) }

    var path: String { directory.appending(path: "mirror.sqlite").path() }

    func reopened() throws -> MirrorDatabase { try MirrorDatabase(path: path, clock: clock, limits: limits) }

    /// A full refresh of exactly these entries.
    @discardableResult
    func fill(_ entries: [FedEntry], cookie: String = "c1") async throws -> CommitSummary {
        try await mirror.beginRefresh(identity: "feed", resumed: [])
        try await mirror.stage(.upserts(entries))
        for scope in SyncScope.allCases {
            try await mirror.stage(.cookie(scope, SyncCookie(bytes: Array(cookie.utf8))))
        }
        return try await mirror.commitRefresh(.full)
    }

    func rolesOf(_ login: String) async throws -> [String]? { try await mirror.user(login: login)?.roles }
}

extension [SyncScope: RefreshKind] {
    static var full: Self { [.users: .presentPhase, .roles: .presentPhase] }
    static var delta: Self { [.users: .deletePhase, .roles: .deletePhase] }
}

extension [FedEntry] {
    static func people(_ names: String...) -> Self {
        names.enumerated().map { .user(EntryMaker.person($0.offset + 1, $0.element)) }
    }
}
