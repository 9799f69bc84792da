import Identity
import LatchkeyTesting
import Logging
import Mirror
import Synchronizer
import Testing

@Suite("The engine with removals in quarantine")
struct QuarantineTests {
    let fixture: EngineFixture

    init() throws { fixture = try EngineFixture() }

    /// Two people in the mirror, none in the directory.
    private func held() async throws {
        #expect(await fixture.live(.people("ada", "bob")))
        await fixture.stop()
        fixture.feed.onNextConnection(.refresh([], .presentPhase) + [.stay])
        fixture.start()
        #expect(await eventually { await fixture.engine.status().state == .held && fixture.feed.isStaying })
    }

    @Test("says so in one sentence and one warning, keeps everybody and goes on following")
    func tells() async throws {
        try await held()
        let status = await fixture.engine.status()
        #expect(status.users == 2 && status.held.removals == 2)
        #expect(status.problem?.contains("latchkeyctl quarantine show 1") == true)
        #expect(await fixture.engine.freshness().state == .live)
        fixture.feed.send(.deliver(.upserts([.user(EntryMaker.person(3, "cyd"))])))
        #expect(await eventually { (try? await fixture.mirror.counts().users) == 3 })
        #expect(fixture.log.notable.count == 1)
        #expect(fixture.log.notable.first?.level == .warning)
        await fixture.stop()
    }

    @Test("releases what was confirmed, tells the hooks and says that it is over")
    func release() async throws {
        try await held()
        let summary = try await fixture.engine.release(1, confirm: 2)
        #expect(summary.removed == 2)
        #expect(Set(fixture.removedPeople) == [EntryMaker.id(1), EntryMaker.id(2)])
        let status = await fixture.engine.status()
        #expect(status.state == .live && status.users == 0)
        #expect(status.problem?.hasPrefix("the directory shows nobody") == true)
        #expect(fixture.log.notable.map(\.level) == [.warning, .notice])
        #expect(fixture.log.incidents == ["quarantine-began"])
        await fixture.stop()
    }

    @Test("refuses: forgets the batch and reads everything again, which may bring the people back")
    func refuse() async throws {
        try await held()
        fixture.feed.onNextConnection(.refresh(.people("ada", "bob")) + [.stay])
        let run = try await fixture.engine.refuse(1)
        #expect(run.full)
        #expect(await fixture.ended(run)?.phase == .finished)
        #expect(fixture.feed.calls.last?.cookies == [:])
        #expect(await fixture.isLive())
        #expect(await fixture.engine.status().users == 2)
        await fixture.stop()
    }

    @Test("holds them in a full sync that an administrator asked for, too")
    func fullSync() async throws {
        try await held()
        fixture.feed.onNextConnection(.refresh([], .presentPhase) + [.stay])
        let run = await fixture.engine.requestSync(full: true, dryRun: false)
        #expect(await fixture.ended(run)?.phase == .finished)
        #expect(await fixture.engine.status().held.removals == 2)
        #expect(try await fixture.mirror.counts().users == 2)
        await fixture.stop()
    }

    @Test("releases nothing while a refresh is being written")
    func busy() async throws {
        try await held()
        fixture.feed.onNextConnection(.connect() + [.stay])
        _ = await fixture.engine.requestSync(full: true, dryRun: false)
        #expect(await eventually { fixture.feed.calls.count == 3 && fixture.feed.isStaying })
        let error = await #expect(throws: QuarantineError.self) {
            try await fixture.engine.release(1, confirm: 2)
        }
        #expect(error?.code == .busy)
        await fixture.stop()
        #expect(try await fixture.mirror.state().held.removals == 2)
    }
}
