import Identity
import LatchkeyTesting
import Mirror
import Synchronizer
import Testing

@Suite("The engine that follows a directory")
struct FollowingTests {
    let fixture: EngineFixture

    init() throws { fixture = try EngineFixture() }

    @Test("catches up, commits the cookies with the content, and goes on from them after a restart")
    func catchesUp() async throws {
        #expect(await fixture.live(.people("ada", "bob")))
        #expect(try await fixture.mirror.counts().users == 2)
        #expect(await fixture.engine.freshness().state == .live)
        await fixture.stop()
        let stored: [SyncScope: SyncCookie] = [
            .users: SyncCookie(bytes: Array("c1".utf8)), .roles: SyncCookie(bytes: Array("c1".utf8)),
        ]
        #expect(try await fixture.mirror.state().cookies == stored)
        fixture.feed.onNextConnection(.refresh([], .deletePhase, cookie: "c2") + [.stay])
        fixture.start()
        #expect(await fixture.isLive())
        #expect(fixture.feed.calls.map(\.cookies) == [[:], stored])
        #expect(try await fixture.mirror.counts().users == 2)
        await fixture.stop()
    }

    @Test("applies live changes with their cookie, and tells of removed people after the commit")
    func liveChanges() async throws {
        #expect(await fixture.live(.people("ada", "bob")))
        fixture.feed.send(.deliver(.upserts(.people("ada", "bobby"))))
        fixture.feed.send(.deliver(.removed(.users, [EntryMaker.id(1)])))
        fixture.feed.send(.deliver(.cookie(.users, SyncCookie(bytes: [9]))))
        #expect(try await eventually { try await fixture.mirror.state().cookies[.users] == SyncCookie(bytes: [9]) })
        #expect(try await fixture.mirror.user(login: "bobby") != nil)
        #expect(try await fixture.mirror.user(login: "ada") == nil)
        #expect(await eventually { fixture.removedPeople == [EntryMaker.id(1)] })
        await fixture.stop()
    }

    @Test("does not use the cookies of another feed")
    func otherIdentity() async throws {
        try await fixture.mirror.beginRefresh(identity: "another", resumed: [])
        try await fixture.mirror.stage(.cookie(.users, SyncCookie(bytes: [1])))
        _ = try await fixture.mirror.commitRefresh([.users: .presentPhase, .roles: .presentPhase])
        #expect(await fixture.live([]))
        #expect(fixture.feed.calls.map(\.cookies) == [[:]])
        await fixture.stop()
    }

    @Test("takes content without a cookie for all there is, whatever the server calls it")
    func fullContentUnderDeletePhase() async throws {
        try await fixture.mirror.beginRefresh(identity: "another", resumed: [])
        try await fixture.mirror.stage(.upserts(.people("ada", "bob", "cyd")))
        _ = try await fixture.mirror.commitRefresh([.users: .presentPhase, .roles: .presentPhase])
        fixture.feed.onNextConnection(.refresh(.people("ada"), .deletePhase) + [.stay])
        fixture.start()
        #expect(await fixture.isLive())
        #expect(try await fixture.mirror.counts().users == 1)
        await fixture.stop()
    }

    @Test("is stale without contact for three seconds, and live again with the next one")
    func staleness() async throws {
        #expect(await fixture.live(.people("ada")))
        fixture.clock.advance(by: 2.9)
        #expect(await fixture.engine.freshness().state == .live)
        fixture.clock.advance(by: 0.2)
        #expect(await fixture.engine.freshness().state == .stale)
        fixture.feed.send(.deliver(.contact))
        #expect(await eventually { await fixture.engine.freshness().state == .live })
        #expect(await fixture.engine.freshness().asOf == fixture.clock.now)
        await fixture.stop()
    }

    @Test("asks the server for a sign of life when somebody wants to know how fresh it is, and then says so")
    func contactIsAskedFor() async throws {
        #expect(await fixture.live(.people("ada")))
        fixture.feed.answerAsked()
        fixture.clock.advance(by: 1)
        #expect(await fixture.engine.freshness().state == .live)
        #expect(fixture.feed.asked == 0, "the last contact is young enough")
        fixture.clock.advance(by: 3_600)
        let fresh = await fixture.engine.freshness()
        #expect(fresh.state == .live && fresh.asOf == fixture.clock.now && fixture.feed.asked == 1)
        await fixture.stop()
    }

    @Test("asks a server that does not answer once, and lets nobody else wait for it until it is heard")
    func silentServerIsAskedOnce() async throws {
        #expect(await fixture.live(.people("ada")))
        fixture.clock.advance(by: 4)
        for _ in 1...3 { #expect(await fixture.engine.freshness().state == .stale) }
        #expect(fixture.feed.asked == 1)
        fixture.feed.send(.deliver(.contact))
        #expect(await eventually { await fixture.engine.freshness().state == .live })
        // Who asked while it was being heard may have asked once more.
        let asked = fixture.feed.asked
        fixture.clock.advance(by: 4)
        #expect(await fixture.engine.freshness().state == .stale && fixture.feed.asked == asked + 1)
        await fixture.stop()
    }

    @Test("is stale at once when the connection breaks")
    func staleWhenBroken() async throws {
        #expect(await fixture.live(.people("ada")))
        fixture.feed.send(.fail(FeedError(.unreachable, server: "ldap://fake", detail: "closed the connection")))
        #expect(await eventually { await fixture.engine.freshness().state == .stale })
        #expect(await fixture.engine.status().state == .failed)
        #expect(try await fixture.mirror.user(login: "ada") != nil)
        await fixture.stop()
    }

    @Test("commits what was delivered before the connection broke")
    func nothingDeliveredIsLost() async throws {
        #expect(await fixture.live(.people("ada")))
        for number in 2...50 { fixture.feed.send(.deliver(.upserts([.user(EntryMaker.person(number))]))) }
        fixture.feed.send(.fail(FeedError(.unreachable, server: "ldap://fake", detail: "closed the connection")))
        #expect(await eventually { await fixture.engine.status().state == .failed })
        #expect(try await fixture.mirror.counts().users == 50)
        await fixture.stop()
    }

    @Test("makes few commits of many changes that come at once")
    func groupsChanges() async throws {
        #expect(await fixture.live(.people("ada")))
        let before = fixture.mirror.generation
        for number in 2...2000 { fixture.feed.send(.deliver(.upserts([.user(EntryMaker.person(number))]))) }
        #expect(try await eventually { try await fixture.mirror.counts().users == 2000 })
        #expect(fixture.mirror.generation - before < 1000)
        await fixture.stop()
    }
}
