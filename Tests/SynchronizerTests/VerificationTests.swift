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

    @Test("is no administrator's word that everybody may go")
    func everybody() async throws {
        #expect(await fixture.live(.people("ada", "bob")))
        fixture.feed.onNextConnection(.refresh([]) + [.stay])
        #expect(await eventually { fixture.sleep.durations.count == 1 })
        fixture.sleep.release()
        #expect(await eventually { await fixture.engine.status().state == .held })
        // The engine waits for its next attempt, and the next comparison for its time.
        #expect(await eventually { fixture.sleep.durations.count == 3 })
        fixture.feed.onNextConnection(.refresh([]) + [.stay])
        fixture.sleep.release()
        #expect(await eventually { fixture.feed.calls.count == 3 })
        #expect(try await fixture.mirror.counts().users == 2)
        await fixture.stop()
    }
}
