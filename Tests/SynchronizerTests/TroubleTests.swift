import Identity
import LatchkeyTesting
import Logging
import Mirror
import Synchronizer
import Testing

@Suite("The engine in trouble")
struct TroubleTests {
    let fixture: EngineFixture

    init() throws { fixture = try EngineFixture() }

    private func waits(_ count: Int) async -> Bool { await eventually { fixture.sleep.durations.count == count } }

    @Test("removes nobody when the server fails in the middle of a refresh")
    func errorInRefresh() async throws {
        #expect(await fixture.live(.people("ada", "bob")))
        await fixture.stop()
        let before = try await fixture.mirror.state()
        fixture.feed.onNextConnection(
            .connect() + [.deliver(.upserts(.people("eve"))), .deliver(.refreshed(.users, .presentPhase))]
                + .unreachable("broke the connection")
        )
        fixture.start()
        #expect(await waits(1))
        #expect(try await fixture.mirror.state() == before)
        #expect(try await fixture.mirror.user(login: "eve") == nil)
        let status = await fixture.engine.status()
        #expect(status.state == .failed)
        #expect(status.problem == "ldap://fake: broke the connection")
        #expect(status.nextAttemptAt != nil)
        await fixture.stop()
    }

    @Test("removes nobody on an incomplete result, and heals when the server does")
    func incompleteResult() async throws {
        #expect(await fixture.live(.people("ada", "bob")))
        await fixture.stop()
        let sizeLimit = FeedError(.incomplete, server: "ldap://fake", detail: "size limit; raise it")
        fixture.feed.onNextConnection(.connect() + [.fail(sizeLimit)])
        fixture.start()
        #expect(await waits(1))
        #expect(try await fixture.mirror.counts().users == 2)
        fixture.feed.onNextConnection(.refresh(.people("ada"), .presentPhase) + [.stay])
        fixture.sleep.release()
        #expect(await fixture.isLive())
        #expect(await fixture.engine.status().problem == nil)
        #expect(try await fixture.mirror.counts().users == 1)
        await fixture.stop()
    }

    @Test("waits twice as long after each failure, half a minute at most, and from the start after a contact")
    func backsOff() async throws {
        for _ in 1...8 { fixture.feed.onNextConnection(.unreachable()) }
        fixture.feed.onNextConnection(.refresh([]) + [.stay])
        fixture.start()
        for attempt in 1...8 {
            #expect(await waits(attempt))
            fixture.sleep.release()
        }
        let seconds = fixture.sleep.durations.map { ($0 / .seconds(1)).rounded(.up) }
        #expect(seconds == [1, 1, 2, 4, 8, 16, 30, 30])
        #expect(await fixture.isLive())
        fixture.feed.send(.deliver(.contact))
        fixture.feed.send(.fail(FeedError(.unreachable, server: "ldap://fake", detail: "closed the connection")))
        #expect(await waits(9))
        #expect(fixture.sleep.durations[8] < .seconds(1))
        await fixture.stop()
    }

    @Test("logs one line when an incident begins and one when it ends, not one for each attempt")
    func oneLineForAnIncident() async throws {
        for _ in 1...5 { fixture.feed.onNextConnection(.unreachable()) }
        fixture.feed.onNextConnection(.refresh([]) + [.stay])
        fixture.start()
        for attempt in 1...5 {
            #expect(await waits(attempt))
            fixture.clock.advance(by: 2)
            fixture.sleep.release()
        }
        #expect(await fixture.isLive())
        #expect(
            fixture.log.notable == [
                CapturedLog.Line(level: .warning, text: "ldap://fake: does not answer"),
                CapturedLog.Line(level: .notice, text: "the directory is followed again after 10 s"),
            ]
        )
        #expect(fixture.log.incidents == ["directory-lost"])
        await fixture.stop()
    }

    @Test("reads everything again at once when the server refuses the cookie")
    func cookieRejected() async throws {
        #expect(await fixture.live(.people("ada", "bob")))
        await fixture.stop()
        let refused = FeedError(.cookieRejected, server: "ldap://fake", detail: "wants a refresh (4096)")
        fixture.feed.onNextConnection(.connect() + [.fail(refused)])
        fixture.feed.onNextConnection(.refresh(.people("ada"), cookie: "c9") + [.stay])
        fixture.start()
        #expect(await eventually { fixture.feed.calls.count == 3 })
        #expect(await fixture.isLive())
        #expect(fixture.feed.calls.last?.cookies == [:])
        #expect(fixture.sleep.durations.isEmpty)
        #expect(try await fixture.mirror.counts().users == 1)
        #expect(try await fixture.mirror.state().cookies[.users] == SyncCookie(bytes: Array("c9".utf8)))
        await fixture.stop()
    }

    @Test("reads everything again when a delta turns out to be the whole content")
    func fullContentAsDelta() async throws {
        #expect(await fixture.live(.people(1...60)))
        await fixture.stop()
        fixture.feed.onNextConnection(.refresh(.people(1...40), .deletePhase))
        fixture.feed.onNextConnection(.refresh(.people(1...40), .deletePhase, cookie: "c2") + [.stay])
        fixture.start()
        #expect(await eventually { fixture.feed.calls.count == 3 })
        #expect(await fixture.isLive())
        #expect(fixture.feed.calls.last?.cookies == [:])
        #expect(try await fixture.mirror.counts().users == 40)
        await fixture.stop()
    }
}
