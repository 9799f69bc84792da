import Identity
import LatchkeyTesting
import Mirror
import Synchronizer
import Testing

@Suite("A sync that is asked for")
struct RunTests {
    let fixture: EngineFixture

    init() throws { fixture = try EngineFixture() }

    @Test("catches up over a new connection, from the cookies")
    func plain() async throws {
        #expect(await fixture.live(.people("ada")))
        fixture.feed.onNextConnection(.refresh(.people("ada", "bob"), .deletePhase, cookie: "c2") + [.stay])
        let run = await fixture.ended(await fixture.engine.requestSync(full: false, dryRun: false))
        #expect(run?.phase == .finished)
        #expect(run?.summary?.added == 1)
        #expect(run?.received == 2)
        #expect(fixture.feed.calls.last?.cookies.count == 2)
        #expect(fixture.log.notable.isEmpty)
        await fixture.stop()
    }

    @Test("in full reads everything again, without cookies")
    func full() async throws {
        #expect(await fixture.live(.people("ada", "bob")))
        fixture.feed.onNextConnection(.refresh(.people("ada"), .presentPhase, cookie: "c2") + [.stay])
        let run = await fixture.ended(await fixture.engine.requestSync(full: true, dryRun: false))
        #expect(run?.summary?.removed == 1)
        #expect(run?.expected == 2)
        #expect(fixture.feed.calls.last == ScriptedFeed.Call(cookies: [:], mode: .refreshAndPersist))
        #expect(try await fixture.mirror.counts().users == 1)
        await fixture.stop()
    }

    @Test("as a dry run says what would change, changes nothing, and the following goes on")
    func dryRun() async throws {
        #expect(await fixture.live(.people("ada", "bob")))
        let before = try await fixture.mirror.state()
        fixture.feed.onNextConnection(.refresh(.people("ada", "bobby", "cyd"), .presentPhase, cookie: "c2"))
        fixture.feed.onNextConnection(.refresh([], .deletePhase) + [.stay])
        let run = await fixture.ended(await fixture.engine.requestSync(full: false, dryRun: true))
        #expect(run?.difference?.added == 1)
        #expect(run?.difference?.changed == 1)
        #expect(run?.difference?.sampleAdded == [EntryMaker.dn("cyd")])
        #expect(await eventually { fixture.feed.calls.count == 3 })
        #expect(await fixture.isLive())
        #expect(try await fixture.mirror.state() == before)
        #expect(fixture.feed.calls.map(\.mode) == [.refreshAndPersist, .refreshOnly, .refreshAndPersist])
        #expect(fixture.feed.calls.map(\.cookies.count) == [0, 0, 2])
        await fixture.stop()
    }

    @Test("ends a wait for the next attempt, and fails with the reason when the server is still away")
    func failure() async throws {
        fixture.feed.onNextConnection(.unreachable())
        fixture.start()
        #expect(await eventually { fixture.sleep.durations.count == 1 })
        fixture.feed.onNextConnection(.unreachable("is still away"))
        let run = await fixture.ended(await fixture.engine.requestSync(full: false, dryRun: false))
        #expect(run?.phase == .failed)
        #expect(run?.problem == "ldap://fake: is still away")
        await fixture.stop()
    }

    @Test("joins the one that has not begun to read")
    func joins() async throws {
        let first = await fixture.engine.requestSync(full: true, dryRun: false)
        let second = await fixture.engine.requestSync(full: true, dryRun: false)
        let other = await fixture.engine.requestSync(full: false, dryRun: true)
        #expect(first.id == second.id && first.id != other.id)
    }

    @Test("can be waited for: an answer comes with the next change, or as it stands when the wait is over")
    func longPoll() async throws {
        let run = await fixture.engine.requestSync(full: false, dryRun: false)
        let unchanged = await fixture.engine.syncRun(run.id, after: run.revision, wait: .milliseconds(1))
        #expect(unchanged == run)
        #expect(await fixture.engine.syncRun("nobody", after: nil, wait: .seconds(20)) == nil)
        fixture.feed.onNextConnection(.refresh([]) + [.stay])
        fixture.start()
        let next = await fixture.engine.syncRun(run.id, after: run.revision, wait: .seconds(20))
        #expect((next?.revision ?? -1) > run.revision)
        await fixture.stop()
    }

    @Test("fails when the daemon stops")
    func stopped() async throws {
        fixture.feed.onNextConnection(.connect() + [.stay])
        let run = await fixture.engine.requestSync(full: false, dryRun: false)
        fixture.start()
        #expect(await eventually { fixture.feed.isStaying })
        await fixture.stop()
        #expect(await fixture.engine.syncRun(run.id, after: nil, wait: .zero)?.phase == .failed)
    }
}
