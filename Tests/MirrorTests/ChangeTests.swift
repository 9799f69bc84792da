import Foundation
import Identity
import LatchkeyTesting
import Mirror
import Synchronizer
import Testing

@Suite("A change in the directory")
struct ChangeTests {
    let fixture: MirrorFixture
    var mirror: MirrorDatabase { fixture.mirror }

    init() throws { fixture = try MirrorFixture() }

    @Test("is committed with its cookie and makes one generation")
    func liveChange() async throws {
        try await fixture.fill(.people("ada"))
        let summary = try await mirror.apply([
            .upserts([.user(EntryMaker.person(2, "bob"))]), .cookie(.users, SyncCookie(bytes: [7])),
        ])
        #expect(summary.added == 1 && summary.generation == 2 && mirror.generation == 2)
        #expect(try await mirror.state().cookies[.users] == SyncCookie(bytes: [7]))
        #expect(try await mirror.state().cookies[.roles] == SyncCookie(bytes: [UInt8]("c1".utf8)))
    }

    @Test("that changes nothing makes no generation, but its cookie is kept")
    func nothingNew() async throws {
        try await fixture.fill(.people("ada"))
        let summary = try await mirror.apply([
            .upserts(.people("ada")), .removed(.users, [EntryMaker.id(99)]), .cookie(.users, SyncCookie(bytes: [8])),
        ])
        #expect(summary.isEmpty && summary.generation == 1 && mirror.generation == 1)
        #expect(try await mirror.state().cookies[.users] == SyncCookie(bytes: [8]))
    }

    @Test("keeps the person through a rename, and gives a used name to somebody else")
    func renameAndReuse() async throws {
        try await fixture.fill(.people("ada"))
        _ = try await mirror.apply([.upserts([.user(EntryMaker.person(1, "augusta"))])])
        #expect(try await mirror.user(id: EntryMaker.id(1))?.login == "augusta")
        _ = try await mirror.apply([.removed(.users, [EntryMaker.id(1)])])
        _ = try await mirror.apply([.upserts([.user(EntryMaker.person(2, "augusta"))])])
        #expect(try await mirror.user(login: "augusta")?.id == EntryMaker.id(2))
        #expect(try await mirror.user(id: EntryMaker.id(1))?.account.state == .deleted)
    }

    @Test("that removes a person leaves a mark, and the same id coming back revives it")
    func softDelete() async throws {
        let staff = EntryMaker.group(1, "staff", [EntryMaker.personKey("ada")])
        try await fixture.fill(.people("ada") + [.role(staff)])
        let removal = try await mirror.apply([.removed(.users, [EntryMaker.id(1)])])
        #expect(removal.usersRemoved == [EntryMaker.id(1)] && removal.removed == 1)
        let gone = try await mirror.user(id: EntryMaker.id(1))
        #expect(gone?.account == AccountStatus(state: .deleted, since: fixture.clock.now))
        #expect(gone?.roles == [])
        #expect(try await mirror.user(login: "ada") == nil)
        #expect(try await mirror.users(email: "ada@example.org").isEmpty)
        #expect(try await mirror.users(UserQuery()).items.isEmpty)
        #expect(try await mirror.users(UserQuery(state: .deleted)).items.map(\.login) == ["ada"])
        #expect(try await mirror.counts() == (0, 1))
        #expect(try await mirror.roles(named: "staff").first?.memberCount == 0)
        let back = try await mirror.apply([.upserts(.people("ada"))])
        #expect(back.usersReturned == [EntryMaker.id(1)] && back.added == 1)
        #expect(try await mirror.user(login: "ada")?.account.state == .active)
        #expect(try await mirror.user(login: "ada")?.roles == ["staff"])
        #expect(try await mirror.counts().users == 1)
    }

    @Test("of every mapped attribute arrives, empty and absent ones too")
    func attributes() async throws {
        var ada = EntryMaker.person(1, "ada")
        ada.displayName = ""
        ada.email = nil
        ada.officePhone = "+1 555 0100"
        ada.mobilePhone = "+1 555 0101"
        ada.language = "de"
        ada.account = AccountStatus(
            state: .locked,
            lock: .administrator,
            since: Date(timeIntervalSince1970: 1_700_000_000)
        )
        try await fixture.fill([.user(ada)])
        let user = try await mirror.user(login: "ada")
        #expect(
            user
                == User(
                    id: ada.id,
                    dn: ada.dn,
                    login: "ada",
                    displayName: "",
                    email: nil,
                    officePhone: "+1 555 0100",
                    mobilePhone: "+1 555 0101",
                    language: "de",
                    account: ada.account
                )
        )
        ada.displayName = nil
        #expect(try await mirror.apply([.upserts([.user(ada)])]).changed == 1)
        #expect(try await mirror.user(login: "ada")?.displayName == nil)
    }

    @Test("that gives two people one login makes it nobody's, and an address says all")
    func ambiguity() async throws {
        var twin = EntryMaker.person(2, "twin")
        twin.login = " ADA"
        twin.email = "ADA@Example.ORG "
        try await fixture.fill(.people("ada") + [.user(twin)])
        #expect(try await mirror.user(login: "ada") == nil)
        #expect(try await mirror.users(email: "ada@example.org").count == 2)
        _ = try await mirror.apply([.removed(.users, [EntryMaker.id(2)])])
        #expect(try await mirror.user(login: "ada")?.id == EntryMaker.id(1))
    }

    @Test("in a refresh of a delta removes only what was named, and only with the commit")
    func deletePhase() async throws {
        try await fixture.fill(.people("ada", "bob", "cyd"))
        try await mirror.beginRefresh(identity: "feed", resumed: [.users, .roles])
        try await mirror.stage(.removed(.users, [EntryMaker.id(2), EntryMaker.id(50)]))
        try await mirror.stage(.removed(.users, [EntryMaker.id(3)]))
        try await mirror.stage(.upserts([.user(EntryMaker.person(3, "cyd"))]))
        #expect(try await mirror.user(login: "bob") != nil)
        #expect(try await mirror.previewRefresh(.delta).sampleRemoved == [EntryMaker.dn("bob")])
        #expect(try await mirror.commitRefresh(.delta).usersRemoved == [EntryMaker.id(2)])
        #expect(try await mirror.counts().users == 2)
        #expect(try await mirror.state().cookies.count == 2)
    }

    @Test("drops the cookie of a scope that was read without it and got no new one")
    func cookiesOfFullRefresh() async throws {
        try await fixture.fill(.people("ada"))
        try await mirror.beginRefresh(identity: "feed", resumed: [.users])
        _ = try await mirror.commitRefresh(.delta)
        #expect(try await mirror.state().cookies.keys.sorted { $0.rawValue < $1.rawValue } == [.users])
    }

    @Test("counts ids that the server calls present and the mirror does not hold")
    func unknownPresent() async throws {
        try await fixture.fill(.people("ada"))
        try await mirror.beginRefresh(identity: "feed", resumed: [.users, .roles])
        try await mirror.stage(.present(.users, [EntryMaker.id(1), EntryMaker.id(2)]))
        #expect(try await mirror.previewRefresh(.full).scopes[.users]?.unknownPresent == 1)
        await mirror.abandonRefresh()
    }

    @Test("cannot be applied while a staging generation is open, nor staged without one")
    func misuse() async throws {
        try await mirror.stage(.upserts([]))
        await #expect(throws: MirrorError.self) { try await mirror.commitRefresh(.full) }
        try await mirror.stage(.upserts([]))
        try await mirror.beginRefresh(identity: "feed", resumed: [])
        await #expect(throws: MirrorError.self) { try await mirror.apply([]) }
        await #expect(throws: MirrorError.self) { try await mirror.beginRefresh(identity: "feed", resumed: []) }
        await mirror.abandonRefresh()
        #expect(try await mirror.apply([]).isEmpty)
    }
}
