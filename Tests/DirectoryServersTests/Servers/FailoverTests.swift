import DirectoryServers
import Foundation
import Identity
import LDAPClient
import LatchkeyTesting
import SelfService
import Synchronizer
import Testing

@Suite("Several servers")
struct FailoverTests {
    /// What takes a minute elsewhere.
    private let quick = FailoverRules(
        returnAfter: .milliseconds(100),
        probeEvery: .milliseconds(20),
        avoidAtFirst: .milliseconds(10),
        avoidAtMost: .milliseconds(50),
        attempt: .seconds(3)
    )
    /// Never gone back.
    private let slow = FailoverRules(returnAfter: .seconds(3600), attempt: .seconds(3), refusalPause: .seconds(600))

    private func settings(
        _ pair: ReplicatedPair,
        _ uris: [String]? = nil,
        _ rules: FailoverRules,
        password: String = SlapdFixture.password
    ) throws -> DirectorySettings {
        let uris = uris ?? [pair.first.uri, pair.second.uri]
        return try .of(
            pair.second,
            sources: try uris.map { .named(try LDAPServer($0)) },
            failover: rules,
            password: password
        )
    }

    private func expect(_ server: String, _ follower: Follower) async throws {
        try await eventually("followed on \(server)") {
            let status = await follower.engine.status()
            return status.state == .live && status.feed?.server == server
        }
    }

    @Test("when the one in use dies, the next one is followed from the cookie, and everybody stays")
    func failover() async throws {
        try await ReplicatedPair.with { (pair) async throws in
            try await withFollower(settings(pair, nil, slow), folder: mirrorFolder(pair.second)) {
                (follower) async throws in
                try await expect(pair.first.uri, follower)
                await pair.first.kill()
                try await expect(pair.second.uri, follower)
                #expect(try await follower.logins() == ["alice", "bob", "carol", "dave", "erin"])
                #expect(try await follower.roles("alice") == ["all", "staff"])
            }
        }
    }

    @Test("failure mode 14: a server that answers nothing is left for the next one")
    func hangs() async throws {
        try await ReplicatedPair.with { (pair) async throws in
            pair.first.suspend()
            let rules = FailoverRules(returnAfter: .seconds(3600), attempt: .milliseconds(300))
            try await withFollower(settings(pair, nil, rules), folder: mirrorFolder(pair.second)) {
                (follower) async throws in
                try await expect(pair.second.uri, follower)
            }
        }
    }

    @Test("failure mode 14: the preferred one is gone back to when it is well again, without a word of trouble")
    func goesBack() async throws {
        try await ReplicatedPair.with { (pair) async throws in
            await pair.first.kill()
            try await withFollower(settings(pair, nil, quick), folder: mirrorFolder(pair.second)) {
                (follower) async throws in
                try await expect(pair.second.uri, follower)
                try await pair.first.start()
                try await expect(pair.first.uri, follower)
                #expect(follower.warnings.all.isEmpty)
                try await pair.first.modify("dn: \(pair.first.person("bob"))\nchangetype: delete\n")
                try await eventually("changes come from there") {
                    try await follower.logins() == ["alice", "carol", "dave", "erin"]
                }
            }
        }
    }

    @Test("a preferred one that is back with old content is not gone back to")
    func oldContent() async throws {
        let pair = try await ReplicatedPair(.good, replicates: false)
        try await pair.first.start()
        // The copy comes first in the list.
        let settings = try settings(pair, [pair.second.uri, pair.first.uri], quick)
        try await withFollower(settings, folder: mirrorFolder(pair.second)) { (follower) async throws in
            try await expect(pair.first.uri, follower)
            try await pair.first.modify("dn: \(pair.first.person("bob"))\nchangetype: delete\n")
            let left = ["alice", "carol", "dave", "erin"]
            try await eventually("bob is gone") { try await follower.logins() == left }
            try await pair.second.start()
            try await eventually("the copy is asked for its state again and again") {
                pair.second.log.components(separatedBy: "contextCSN").count > 4
            }
            #expect(await follower.engine.status().feed?.server == pair.first.uri)
            #expect(try await follower.logins() == left)
            #expect(follower.warnings.all.isEmpty)
        }
        await pair.kill()
    }

    @Test("reads and binds of requests go where the follower is, before and after the way back")
    func oneServerForAll() async throws {
        try await ReplicatedPair.with { (pair) async throws in
            await pair.first.kill()
            let settings = try settings(pair, nil, quick)
            let bob = try await Someone("bob", on: pair.second, settings)
            try await withFollower(settings, folder: mirrorFolder(pair.second)) { (follower) async throws in
                try await expect(pair.second.uri, follower)
                #expect(try await bob.account().user.login == "bob")
                try await pair.first.start()
                try await expect(pair.first.uri, follower)
                // The second one takes nothing any more: what is read now is read on the first.
                await pair.second.kill()
                let account = try await bob.account()
                let outcome = try await bob.accounts.write(
                    Password("a new long password"),
                    to: account,
                    mustChange: false
                )
                #expect(outcome.server == pair.first.uri)
                #expect(outcome.result == .applied)
            }
            await bob.accounts.close()
        }
    }

    @Test("failure mode 15: a certificate that is not good ends in the next server's TLS, never in clear text")
    func badCertificate() async throws {
        try await ReplicatedPair.with(certificate: .unknownAuthority) { (pair) async throws in
            let settings = try settings(pair, [pair.first.tlsURI, pair.second.tlsURI], slow)
            try await withFollower(settings, folder: mirrorFolder(pair.second)) { (follower) async throws in
                try await expect(pair.second.tlsURI, follower)
            }
        }
    }

    @Test("a wrong password is tried once, on one server")
    func wrongPassword() async throws {
        try await withSlapd { first in
            try await withSlapd { second in
                let servers = try [first, second].map { ServerSource.named(try LDAPServer($0.uri)) }
                // Time enough on a busy machine: a bind that is given up may have been counted.
                let patient = FailoverRules(attempt: .seconds(60), refusalPause: .seconds(600))
                let settings = try DirectorySettings.of(first, sources: servers, failover: patient, password: "wrong")
                let bob = try await Someone("bob", on: first, settings)
                // At once, and one after the other.
                await withTaskGroup(of: Void.self) { group in
                    for _ in 0..<10 { group.addTask { _ = try? await bob.accounts.account(bob.id) } }
                }
                for _ in 0..<5 {
                    let failure = await #expect(throws: DirectoryFailure.self) {
                        _ = try await bob.accounts.account(bob.id)
                    }
                    #expect(failure?.detail.contains("invalidCredentials") == true)
                }
                #expect(try await failedBinds(first) == 1)
                #expect(try await failedBinds(second) == 0)
            }
        }
    }

    /// What the password policy has counted against the service account.
    private func failedBinds(_ slapd: SlapdFixture) async throws -> Int {
        try await slapd.search("(cn=latchkey)", ["pwdFailureTime"]).first?["pwdFailureTime"]?.count ?? 0
    }
}
