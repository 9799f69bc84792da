import DirectoryServers
import Foundation
import LatchkeyTesting
import Mirror
import Synchronizer

/// A real slapd and, before it, a proxy that does what the test says.
struct FaultyServer: Sendable {
    let slapd: SlapdFixture
    let proxy: LDAPFaultProxy
    let settings: DirectorySettings
    /// Where the mirror stands, so that several followers may use it one after the other.
    let folder: URL

    /// Runs the body with a follower that has caught up or failed, as the body finds out.
    func follow<Value: Sendable>(_ body: (Follower) async throws -> Value) async throws -> Value {
        try await withFollower(settings, folder: folder, body)
    }

    /// Fills the mirror, and stops to follow.
    func fillMirror() async throws { try await follow { try await $0.live() } }

    /// Filters mention these classes.
    static let people = "inetOrgPerson"
    static let groups = "groupOfNames"

    /// People beside the five of ``SlapdContent/people(below:passwordHash:)``.
    static func options(people count: Int, sessionLog: Int? = 10_000) -> SlapdOptions {
        let suffix = SlapdOptions().suffix
        let many = (0..<count).map { SlapdContent.person("p\($0)", below: suffix) }.joined(separator: "\n")
        return .with {
            $0.content = SlapdContent.people(below: suffix, passwordHash: "{SSHA}x") + "\n" + many
            $0.sessionLog = sessionLog
        }
    }
}

func withFaultyServer(
    _ options: SlapdOptions = SlapdOptions(),
    _ body: (FaultyServer) async throws -> Void
) async throws {
    try await withSlapd(options) { slapd in
        let proxy = try LDAPFaultProxy(before: slapd.port)
        let settings = try DirectorySettings.of(slapd, uri: proxy.uri)
        try await body(FaultyServer(slapd: slapd, proxy: proxy, settings: settings, folder: try mirrorFolder(slapd)))
    }
}

extension Follower {
    /// Reads everything again, and waits until that has ended, however it did.
    func readAgain() async throws -> SyncRun {
        let run = await engine.requestSync(full: true, dryRun: false)
        try await eventually("the run ends") {
            await self.engine.syncRun(run.id, after: nil, wait: .zero)?.isEnded ?? true
        }
        return await engine.syncRun(run.id, after: nil, wait: .zero) ?? run
    }

    func people() async throws -> Int { try await mirror.counts().users }

    func held() async throws {
        try await eventually("removals are held") { await self.engine.status().state == .held }
    }
}
