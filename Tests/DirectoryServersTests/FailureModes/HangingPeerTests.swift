import DirectoryServers
import Foundation
import Glibc
import Identity
import LatchkeyTesting
import Mirror
import Synchronizer
import Testing

/// SSSD#9317, nslcd#46 and libldap's own loop: peers that neither answer nor go. What they do before TLS stands is in
/// LDAPClientTests (DowngradeTests, ConnectionTests), and the way back to the first server in FailoverTests.
@Suite("Failure mode 14: a peer that hangs while it is followed")
struct HangingPeerTests {
    @Test(
        "failure mode 14: a black hole is told after the probe's deadline, costs hardly any CPU, removes nobody, heals"
    )
    func blackHole() async throws {
        // In a process of its own, so that the CPU time is this connection's alone.
        await #expect(processExitsWith: .success) {
            try await withFaultyServer { server in
                try await server.follow { (follower) async throws in
                    try await follower.live()
                    let spending = CPUSpending()
                    server.proxy.stop()
                    // Nothing is asked meanwhile: that would cost more than what is measured.
                    await follower.warnings.first()
                    try spending.requireBelow(share: 0.05)
                    try require(await follower.engine.freshness().state == .stale, "it is not stale")
                    let problem = await follower.engine.status().problem ?? ""
                    try require(problem.contains("no answer before the deadline"), problem)
                    try require(try await follower.people() == 5, "people are gone")
                    server.proxy.goOn()
                    await follower.engine.wake()
                    try await follower.live()
                }
            }
        }
    }

    @Test("failure mode 14: a connection whose other end is lost is noticed, and followed anew from the cookie")
    func halfOpen() async throws {
        try await withFaultyServer { server in
            try await server.follow { (follower) async throws in
                try await follower.live()
                server.proxy.loseServerSide()
                try await server.slapd.modify("dn: \(server.slapd.person("bob"))\nchangetype: delete\n")
                await follower.warnings.first()
                try await eventually("bob is gone") {
                    try await follower.logins() == ["alice", "carol", "dave", "erin"]
                }
                try await follower.live()
                #expect(follower.warnings.all.count == 1)
                #expect(server.proxy.searches.last { $0.message.mentions(FaultyServer.people) }?.cookie != nil)
            }
        }
    }

    @Test("failure mode 14: answers a byte at a time: told, hardly any CPU, and nobody is removed")
    func slowLoris() async throws {
        await #expect(processExitsWith: .success) {
            try await withFaultyServer(FaultyServer.options(people: 200)) { server in
                try await server.follow { (follower) async throws in
                    try await follower.live()
                    server.proxy.trickle()
                    let spending = CPUSpending()
                    _ = await follower.engine.requestSync(full: true, dryRun: false)
                    await follower.warnings.first()
                    // The threads of the proxy are counted too.
                    try spending.requireBelow(share: 0.25)
                    let problem = await follower.engine.status().problem ?? ""
                    try require(problem.contains("no answer before the deadline"), problem)
                    try require(try await follower.people() == 205, "people are gone")
                }
            }
        }
    }

    @Test("failure mode 14: a line that breaks soon after each refresh keeps everybody, and heals")
    func flapping() async throws {
        try await withFaultyServer { server in
            // The first probe is never answered.
            server.proxy.inject(LDAPFault(onAnswer: { $0.request.isProbe ? .cut : .pass }))
            try await server.follow { (follower) async throws in
                try await eventually("three attempts") {
                    server.proxy.searches.filter { $0.isSync && $0.message.mentions(FaultyServer.groups) }.count >= 3
                }
                #expect(try await follower.people() == 5)
                server.proxy.heal()
                try await eventually("a probe is answered") {
                    await follower.engine.status().state == .live && server.proxy.searches.last?.isProbe == true
                }
                #expect(try await follower.people() == 5)
            }
        }
    }
}

extension WireRequest {
    /// The follower's question whether the server still lives.
    fileprivate var isProbe: Bool { base == "" && message.mentions("1.1") }
}

/// The CPU time of this process since then.
private struct CPUSpending {
    private let cpu = clock()
    private let start = ContinuousClock.now

    /// - Parameter share: of the time that has passed.
    func requireBelow(share: Double) throws {
        let spent = Double(clock() - cpu) / Double(CLOCKS_PER_SEC)
        let passed = (ContinuousClock.now - start) / .seconds(1)
        guard spent < share * passed else { throw TestError("spent \(spent) s of CPU in \(passed) s") }
    }
}

/// For processes of their own, where an expectation that fails is not heard of.
private func require(_ holds: Bool, _ what: String) throws {
    guard holds else { throw TestError(what) }
}
