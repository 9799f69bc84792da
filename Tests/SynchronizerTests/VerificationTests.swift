import LatchkeyTesting
import Mirror
import Synchronizer
import Testing

@Suite("A comparison with the whole directory")
struct VerificationTests {
    let fixture: EngineFixture

    init() throws { fixture = try EngineFixture(verifyEvery: .seconds(3600)) }

    /// Lets the interval pass, and waits until the comparison has ended and the directory is followed again.
    private func verified(_ times: Int) async -> Bool {
        let waiting = await eventually { fixture.sleep.durations.count == times }
        fixture.sleep.release()
        let again = await eventually { fixture.sleep.durations.count == times + 1 }
        return waiting && again
    }

    @Test("finds what the server never told, counts it, and goes on following")
    func repairs() async throws {
        #expect(await fixture.live(.people("ada", "bob", "cyd")))
        fixture.feed.onNextConnection(.refresh(.people("ada", "bobby", "dan"), cookie: "c2") + [.stay])
        #expect(await verified(1))
        let status = await fixture.engine.status()
        #expect(status.state == .live)
        #expect(status.verification.repaired == 2)
        #expect(status.verification.lastAt == fixture.clock.now)
        #expect(try await fixture.mirror.user(login: "dan") != nil)
        #expect(fixture.feed.calls.map(\.cookies.count) == [0, 0])
        #expect(fixture.log.notable.map(\.text) == ["verification found what the server had not told"])
        await fixture.stop()
    }

    @Test("that finds nothing says nothing, and comes again")
    func nothing() async throws {
        #expect(await fixture.live(.people("ada")))
        for round in 1...2 {
            fixture.feed.onNextConnection(.refresh(.people("ada"), cookie: "c\(round)") + [.stay])
            #expect(await verified(round))
        }
        #expect(await fixture.engine.status().verification.repaired == 0)
        #expect(fixture.log.notable.isEmpty)
        #expect(fixture.sleep.durations.allSatisfy { (.seconds(3240)...(.seconds(3960))).contains($0) })
        await fixture.stop()
    }

    @Test("that finds nobody removes nobody: all wait for an administrator")
    func everybody() async throws {
        #expect(await fixture.live(.people("ada", "bob")))
        fixture.feed.onNextConnection(.refresh([]) + [.stay])
        #expect(await verified(1))
        #expect(await fixture.engine.status().state == .held)
        #expect(try await fixture.mirror.counts().users == 2)
        await fixture.stop()
    }

    @Test("ends a hold when the directory shows again whom it had hidden")
    func healed() async throws {
        #expect(await fixture.live(.people("ada", "bob")))
        fixture.feed.onNextConnection(.refresh([]) + [.stay])
        #expect(await verified(1))
        fixture.feed.onNextConnection(.refresh(.people("ada", "bob"), cookie: "c3") + [.stay])
        #expect(await verified(2))
        #expect(await fixture.engine.status().state == .live)
        #expect(try await fixture.mirror.counts().users == 2)
        await fixture.stop()
    }
}
