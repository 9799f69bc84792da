import DirectoryServers
import Foundation
import Identity
import LDAPClient
import LatchkeyTesting
import SelfService
import Testing

/// The replica takes no writes and names the server that does (`updateref`, slapd.conf(5)).
@Suite("A replica that names another server for writes")
struct WriteReferralTests {
    private let password = Password("a new and longer one")

    /// Asks the replica. The first server's certificate is trusted.
    private func alice(_ pair: ReplicatedPair, following hosts: Set<String>) async throws -> Someone {
        var settings = try DirectorySettings.of(pair.first, uri: pair.second.socketURI)
        settings.followWriteReferrals = hosts
        return try await Someone("alice", on: pair.first, settings)
    }

    @Test("is followed to a host that is configured, over TLS, and the outcome is that server's")
    func followed() async throws {
        try await ReplicatedPair.with(updateReference: .encrypted) { (pair) async throws in
            let alice = try await alice(pair, following: ["127.0.0.1"])
            let outcome = try await alice.accounts.write(password, to: try await alice.account(), mustChange: false)
            #expect(outcome.result == .applied && outcome.server == pair.first.tlsURI)
            #expect(try await pair.first.bind(pair.first.person("alice"), password.text) == 0)
            try await eventually("the replica has it") {
                try await pair.second.bind(pair.second.person("alice"), password.text) == 0
            }
        }
    }

    @Test("is followed for an unlock too")
    func unlock() async throws {
        try await ReplicatedPair.with(updateReference: .encrypted) { (pair) async throws in
            let alice = try await alice(pair, following: ["127.0.0.1"])
            try await alice.lockOut()
            try await eventually("the replica has the lock") {
                try await alice.account().user.account.state == .locked
            }
            let outcome = try await alice.accounts.unlock(try await alice.account())
            #expect(outcome.result == .applied && outcome.server == pair.first.tlsURI)
            #expect(try await pair.first.bind(pair.first.person("alice"), SlapdFixture.password) == 0)
        }
    }

    @Test(
        "is not followed to any other host, and the failure says what to configure",
        arguments: [[], ["ldap.example"]]
    )
    func otherHost(hosts: [String]) async throws {
        try await ReplicatedPair.with(updateReference: .encrypted) { (pair) async throws in
            try await expectFailure(pair, following: Set(hosts))
        }
    }

    @Test("is never followed in clear text")
    func clearText() async throws {
        try await ReplicatedPair.with(updateReference: .clear) { (pair) async throws in
            try await expectFailure(pair, following: ["127.0.0.1"])
        }
    }

    private func expectFailure(_ pair: ReplicatedPair, following hosts: Set<String>) async throws {
        let alice = try await alice(pair, following: hosts)
        let account = try await alice.account()
        let failure = await #expect(throws: DirectoryFailure.self) { () async throws in
            _ = try await alice.accounts.write(password, to: account, mustChange: false)
        }
        #expect(failure?.detail.contains("directory.followWriteReferrals") == true)
        #expect(failure?.mayHaveWritten == false)
        #expect(failure?.detail.contains(password.text) == false)
        #expect(try await pair.first.bind(pair.first.person("alice"), SlapdFixture.password) == 0)
    }
}
