import Foundation
import Identity
import LatchkeyTesting
import Synchronizer
import Testing

@Suite("Whoever watches the engine")
struct WatchingTests {
    private let fixture: EngineFixture

    init() throws { fixture = try EngineFixture() }

    /// The steps until the engine is stopped.
    private func steps(_ body: () async throws -> Void) async throws -> [SyncTransition] {
        let stream = await fixture.engine.transitions()
        try await body()
        await fixture.stop()
        return try await withDeadline {
            var steps: [SyncTransition] = []
            for await step in stream {
                steps.append(step)
                if step.to == .stopped { break }
            }
            return steps
        }
    }

    @Test("sees each state on the way to the first generation, and the end")
    func wayToLive() async throws {
        let steps = try await steps {
            fixture.feed.onNextConnection(.refresh(.people("ada")) + [.stay])
            fixture.start()
            #expect(await fixture.isLive())
        }
        #expect(steps.map(\.to) == [.connecting, .resyncing, .persisting, .stopped])
        #expect(steps.map(\.number) == [1, 2, 3, 4])
    }

    @Test("sees a failure with its sentence, and the next attempt from the cookies")
    func failure() async throws {
        let steps = try await steps {
            #expect(await fixture.live(.people("ada")))
            fixture.feed.onNextConnection(.refresh([], .deletePhase) + [.stay])
            fixture.feed.send(.fail(FeedError(.unreachable, server: "ldap://fake", detail: "was unplugged")))
            #expect(await eventually { !self.fixture.sleep.durations.isEmpty })
            fixture.sleep.release()
            #expect(await fixture.isLive())
        }
        #expect(steps.map(\.to).suffix(5) == [.stale, .connecting, .refreshing, .persisting, .stopped])
        #expect(steps.first { $0.to == .stale }?.text == "ldap://fake: was unplugged")
    }

    @Test("learns the state of now first, whenever it begins to watch")
    func lateWatcher() async throws {
        #expect(await fixture.live(.people("ada")))
        var stream = await fixture.engine.transitions().makeAsyncIterator()
        #expect(await stream.next()?.to == .persisting)
        await fixture.stop()
    }

    @Test("sees a silent server go stale, come back, and be given up in the end")
    func silence() async throws {
        let steps = try await steps {
            #expect(await fixture.live(.people("ada")))
            fixture.clock.advance(by: 16)
            #expect(await eventually { await self.fixture.engine.freshness().state == .stale })
            var stream = await fixture.engine.transitions().makeAsyncIterator()
            while let step = await stream.next(), step.to != .stale {}
            fixture.feed.send(.deliver(.contact))
            while let step = await stream.next(), step.to != .persisting {}
            fixture.clock.advance(by: 16)
            while let step = await stream.next(), step.to != .stale {}
            fixture.feed.onNextConnection(.unreachable())
            fixture.clock.advance(by: 60)
            #expect(await eventually { await self.fixture.engine.status().state == .failed })
        }
        #expect(steps.map(\.cause).contains(.silent) && steps.map(\.cause).contains(.heard))
        let last = steps.last { $0.cause == .failed }
        #expect(last?.text.hasSuffix("said nothing for 60 s, though its connection stands") == true)
    }

    @Test("can wait until the mirror is as fresh as now, and no longer than it wants to")
    func waitingForFreshness() async throws {
        #expect(await fixture.live(.people("ada")))
        let now = fixture.clock.now.addingTimeInterval(1)
        let engine = fixture.engine
        #expect(await engine.freshness(asOf: now, wait: .milliseconds(30)).asOf < now)
        let waiting = Task { await engine.freshness(asOf: now, wait: .seconds(20)) }
        fixture.clock.advance(by: 1)
        fixture.feed.send(.deliver(.contact))
        let fresh = await waiting.value
        #expect(fresh.asOf >= now && fresh.state == .live)
        await fixture.stop()
    }
}
