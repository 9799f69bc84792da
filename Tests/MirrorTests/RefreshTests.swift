import Identity
import LatchkeyTesting
import Mirror
import Synchronizer
import Testing

@Suite("A refresh")
struct RefreshTests {
    let fixture: MirrorFixture
    var mirror: MirrorDatabase { fixture.mirror }

    init() throws { fixture = try MirrorFixture() }

    @Test("shows nothing before its commit and everything after it, with the cookies")
    func isAtomic() async throws {
        try await mirror.beginRefresh(identity: "feed", resumed: [])
        try await mirror.stage(.upserts(.people("ada", "bob")))
        try await mirror.stage(.cookie(.users, SyncCookie(bytes: [1, 2])))
        #expect(try await mirror.user(login: "ada") == nil)
        #expect(try await mirror.state() == MirrorState())
        #expect(mirror.generation == 0)
        let summary = try await mirror.commitRefresh(.full)
        #expect(summary.added == 2)
        #expect(try await mirror.user(login: " ADA ")?.displayName == "Person ada")
        let state = try await mirror.state()
        #expect(state.cookies == [.users: SyncCookie(bytes: [1, 2])])
        #expect(state.identity == "feed")
        #expect(state.users == 2)
        #expect(mirror.generation == 1 && summary.generation == 1 && state.generation == 1)
    }

    @Test("of an empty directory makes a generation too")
    func emptyDirectory() async throws {
        try await fixture.fill([])
        #expect(mirror.generation == 1)
    }

    @Test("that is abandoned leaves everything as it was")
    func abandoned() async throws {
        try await fixture.fill(.people("ada"))
        try await mirror.beginRefresh(identity: "other", resumed: [])
        try await mirror.stage(.upserts(.people("eve", "bob")))
        try await mirror.stage(.removed(.users, [EntryMaker.id(1)]))
        let before = try await mirror.state()
        await mirror.abandonRefresh()
        #expect(try await mirror.state() == before)
        #expect(try await mirror.user(login: "ada") != nil)
        #expect(try await mirror.user(login: "eve") == nil)
        try await fixture.fill(.people("ada", "bob"))
        #expect(try await mirror.user(login: "bob") != nil)
    }

    @Test("in its present phase removes what was neither delivered nor named present, and nothing else")
    func presentPhase() async throws {
        try await fixture.fill(.people("ada", "bob", "cyd"))
        try await mirror.beginRefresh(identity: "feed", resumed: [.users, .roles])
        try await mirror.stage(.present(.users, [EntryMaker.id(1)]))
        try await mirror.stage(.upserts([.user(EntryMaker.person(2, "bobby"))]))
        let preview = try await mirror.previewRefresh(.full)
        #expect(preview.removed == 1 && preview.changed == 1 && preview.added == 0)
        #expect(preview.sampleRemoved == [EntryMaker.dn("cyd")])
        #expect(preview.scopes[.users]?.held == 3)
        let summary = try await mirror.commitRefresh(.full)
        #expect(summary.usersRemoved == [EntryMaker.id(3)])
        #expect(try await mirror.counts().users == 2)
        #expect(try await mirror.user(login: "cyd") == nil)
        #expect(try await mirror.user(id: EntryMaker.id(3))?.account.state == .deleted)
        #expect(try await mirror.user(id: EntryMaker.id(2))?.login == "bobby")
    }
}
