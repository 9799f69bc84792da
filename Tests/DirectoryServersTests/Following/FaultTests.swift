import DirectoryServers
import Foundation
import Identity
import LDAPClient
import LatchkeyTesting
import Mirror
import Synchronizer
import Testing

@Suite("Faults while following")
struct FaultTests {
    private let everybody = ["alice", "bob", "carol", "dave", "erin"]

    @Test(
        "failure mode 1: a server that is gone for a while: the mirror answers, grows stale, removes nobody, and heals"
    )
    func gone() async throws {
        try await withSlapd { slapd in
            try await withFollower(.of(slapd), folder: mirrorFolder(slapd)) { (follower) async throws in
                try await follower.live()
                await slapd.kill()
                _ = try await follower.problem()
                #expect(await follower.engine.freshness().state == .stale)
                #expect(try await follower.logins() == everybody)
                try await slapd.start()
                await follower.engine.wake()
                try await follower.live()
                #expect(follower.warnings.all.count == 1)
                #expect(await follower.engine.status().problem == nil)
            }
        }
    }

    @Test("failure mode 14: a server that hangs grows stale, and heals by itself")
    func hangs() async throws {
        try await withSlapd { slapd in
            try await withFollower(.of(slapd), folder: mirrorFolder(slapd)) { (follower) async throws in
                try await follower.live()
                slapd.suspend()
                try await eventually("stale") { await follower.engine.freshness().state == .stale }
                slapd.resume()
                try await eventually("fresh again") { await follower.engine.freshness().state == .live }
                #expect(try await follower.logins() == everybody)
            }
        }
    }

    @Test("failure mode 1: a server that is killed in mid-refresh removes nobody and shows nothing half")
    func killedInRefresh() async throws {
        let many = (0..<5000).map { SlapdContent.person("p\($0)", below: "dc=example,dc=com") }.joined(separator: "\n")
        let options = SlapdOptions.with {
            $0.content = SlapdContent.people(below: "dc=example,dc=com", passwordHash: "{SSHA}x") + "\n" + many
        }
        try await withSlapd(options) { slapd in
            try await withFollower(.of(slapd), folder: mirrorFolder(slapd)) { (follower) async throws in
                try await follower.live()
                let before = try await follower.mirror.counts().users
                let run = await follower.engine.requestSync(full: true, dryRun: false)
                try await eventually("entries of the refresh arrive") {
                    let run = await follower.engine.syncRun(run.id, after: nil, wait: .zero)
                    return (run?.received ?? 0) > 0 || run?.isEnded ?? true
                }
                await slapd.kill()
                try await eventually("the run ends") {
                    await follower.engine.syncRun(run.id, after: nil, wait: .zero)?.isEnded ?? true
                }
                #expect(try await follower.mirror.counts().users == before)
                try await slapd.start()
                await follower.engine.wake()
                try await follower.live()
                #expect(try await follower.mirror.counts().users == before)
            }
        }
    }

    @Test("failure mode 3: a search that the size limit ends removes nobody and never becomes a generation")
    func sizeLimit() async throws {
        try await withSlapd(.with { $0.sizeLimit = 3 }) { slapd in
            try await withFollower(.of(slapd), folder: mirrorFolder(slapd)) { (follower) async throws in
                #expect(try await follower.problem().lowercased().contains("size"))
                #expect(follower.mirror.generation == 0)
            }
        }
    }

    @Test("failure mode 4: a filter that finds nobody removes nobody")
    func wrongFilter() async throws {
        try await withSlapd { slapd in
            let folder = try mirrorFolder(slapd)
            var settings = try DirectorySettings.of(slapd)
            try await withFollower(settings, folder: folder) { try await $0.live() }
            settings.users.filter = try Filter("(objectClass=locality)")
            try await withFollower(settings, folder: folder) { (follower) async throws in
                try await eventually("held") { await follower.engine.status().state == .held }
                #expect(try await follower.logins() == everybody)
            }
        }
    }

    @Test(
        "a cookie that means nothing to the server, or is of another strategy, leads to the right content",
        arguments: ["content-sync abc", "content-sync rid=000,csn=abc", "dirsync abc", ""]
    )
    func foreignCookie(text: String) async throws {
        try await withSlapd { slapd in
            let folder = try mirrorFolder(slapd)
            let settings = try DirectorySettings.of(slapd)
            try await withFollower(settings, folder: folder) { try await $0.live() }
            let store = try Follower(settings, folder: folder)
            let garbage = SyncCookie(bytes: Array(text.utf8))
            _ = try await store.mirror.apply([.cookie(.users, garbage), .cookie(.roles, garbage)])
            await store.stop()
            try await slapd.modify("dn: \(slapd.person("bob"))\nchangetype: delete\n")
            try await withFollower(settings, folder: folder) { (follower) async throws in
                try await eventually("the right content") {
                    try await follower.logins() == ["alice", "carol", "dave", "erin"]
                }
            }
        }
    }
}

@Suite("A directory that cannot be reached as configured")
struct UnreachableTests {
    /// What each fault says, and that it says it once, and makes no generation.
    private func expectProblem(
        _ settings: DirectorySettings,
        on slapd: SlapdFixture,
        mentions words: [String]
    ) async throws {
        try await withFollower(settings, folder: mirrorFolder(slapd)) { (follower) async throws in
            let problem = try await follower.problem().lowercased()
            #expect(words.contains { problem.contains($0) }, "\(problem)")
            #expect(follower.mirror.generation == 0)
            // A second attempt says nothing new.
            let lines = follower.warnings.all.count
            await follower.engine.wake()
            try await eventually("another attempt") { await follower.engine.status().nextAttemptAt != nil }
            #expect(follower.warnings.all.count == lines)
            #expect(lines == 1)
        }
    }

    @Test("a wrong bind password")
    func wrongPassword() async throws {
        try await withSlapd { slapd in
            let wrong = try DirectorySettings.of(slapd, password: "wrong")
            try await expectProblem(wrong, on: slapd, mentions: ["credentials"])
        }
    }

    @Test("a port where nobody listens")
    func refusedPort() async throws {
        try await withSlapd { slapd in
            let nobody = try DirectorySettings.of(slapd, uri: "ldap://127.0.0.1:\(RefusedPort.make())")
            try await expectProblem(nobody, on: slapd, mentions: ["refused", "connect"])
        }
    }

    @Test("a certificate of an unknown CA, and one for another host")
    func certificates() async throws {
        for certificate in [SlapdOptions.Certificate.unknownAuthority, .wrongHost] {
            try await withSlapd(.with { $0.certificate = certificate }) { slapd in
                let settings = try DirectorySettings.of(slapd, uri: slapd.tlsURI)
                try await expectProblem(settings, on: slapd, mentions: ["certificate", "tls"])
            }
        }
    }

    @Test(
        "failure mode 14: a TLS server that accepts and stays silent ends at the deadline; that it costs no CPU shows in LDAPClientTests"
    )
    func silent() async throws {
        try await withSlapd { slapd in
            let server = try SilentServer()
            let settings = try DirectorySettings.of(slapd, uri: "ldaps://127.0.0.1:\(server.port)")
            try await withFollower(settings, folder: mirrorFolder(slapd)) { (follower) async throws in
                let problem = try await follower.problem().lowercased()
                #expect(problem.contains("tls") || problem.contains("handshake"))
            }
            withExtendedLifetime(server) {}
        }
    }
}
