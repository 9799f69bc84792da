import GRDB
import Identity
import LatchkeyTesting
import Synchronizer
import Testing

@testable import Mirror

@Suite("A membership by login (memberUid)")
struct LoginMembershipTests {
    let fixture: MirrorFixture
    var mirror: MirrorDatabase { fixture.mirror }

    init() throws { fixture = try MirrorFixture() }

    private func group(_ number: Int, _ name: String, _ logins: String...) -> FedEntry {
        .role(EntryMaker.group(number, name, [], logins: logins))
    }

    private func person(_ number: Int, _ login: String, dn: String? = nil) -> FedEntry {
        .user(EntryMaker.person(number, login, dn: dn.map(EntryMaker.dn)))
    }

    private func members(_ number: Int) async throws -> [String] {
        try await mirror.members(of: EntryMaker.id(number, .roles), limit: 1000, after: nil).items.map(\.login)
    }

    @Test("is the person's who has the login, both ways, whichever comes first")
    func joins() async throws {
        try await fixture.fill([group(1, "staff", "ada", "bob"), group(2, "board", "ada")])
        _ = try await mirror.apply([.upserts(.people("ada", "bob", "cleo"))])
        #expect(try await fixture.rolesOf("ada") == ["board", "staff"])
        #expect(try await fixture.rolesOf("cleo") == [])
        #expect(try await members(1) == ["ada", "bob"])
        #expect(try await mirror.roles(named: "staff").first?.memberCount == 2)
    }

    @Test("holds within a group that is in another by name")
    func nested() async throws {
        let all = FedEntry.role(EntryMaker.group(2, "all", [EntryMaker.groupKey("staff")]))
        try await fixture.fill(.people("ada") + [group(1, "staff", "ada"), all])
        #expect(try await fixture.rolesOf("ada") == ["all", "staff"])
        #expect(try await members(2) == ["ada"])
    }

    @Test("differs from one by a name of the same letters, and both together count once")
    func bothWays() async throws {
        let key = EntryMaker.personKey("ada")
        try await fixture.fill([
            person(1, "ada"), .role(EntryMaker.group(1, "twice", [key], logins: ["ada"])),
            .role(EntryMaker.group(2, "odd", [], logins: [key.text])),
        ])
        #expect(try await fixture.rolesOf("ada") == ["twice"])
        #expect(try await mirror.roles(named: "twice").first?.memberCount == 1)
        #expect(try await mirror.roles(named: "odd").first?.memberCount == 0)
    }

    @Test("is compared as hosts do: case counts")
    func caseCounts() async throws {
        try await fixture.fill(.people("Ada") + [group(1, "staff", "ada")])
        #expect(try await fixture.rolesOf("Ada") == [])
        #expect(try await members(1) == [])
        _ = try await mirror.apply([.upserts([group(1, "staff", "Ada")])])
        #expect(try await fixture.rolesOf("Ada") == ["staff"])
        #expect(try await members(1) == ["Ada"])
    }

    @Test("stays with the login when the login changes, and comes back with it")
    func loginChanges() async throws {
        try await fixture.fill(.people("ada") + [group(1, "staff", "ada")])
        _ = try await mirror.apply([.upserts([person(1, "augusta", dn: "ada")])])
        #expect(try await fixture.rolesOf("augusta") == [])
        #expect(try await members(1) == [])
        _ = try await mirror.apply([.upserts([person(1, "ada")])])
        #expect(try await fixture.rolesOf("ada") == ["staff"])
    }

    @Test("stays where it is when only the entry is renamed or moved")
    func renamed() async throws {
        try await fixture.fill(.people("ada") + [group(1, "staff", "ada")])
        _ = try await mirror.apply([.upserts([person(1, "ada", dn: "moved")])])
        #expect(try await fixture.rolesOf("ada") == ["staff"])
    }

    @Test("goes to whoever gets the login of somebody who is gone, as on every host")
    func recreated() async throws {
        try await fixture.fill(.people("ada") + [group(1, "staff", "ada")])
        _ = try await mirror.apply([.removed(.users, [EntryMaker.id(1)])])
        #expect(try await mirror.user(id: EntryMaker.id(1))?.roles == [])
        #expect(try await mirror.roles(named: "staff").first?.memberCount == 0)
        _ = try await mirror.apply([.upserts([person(7, "ada", dn: "second")])])
        #expect(try await mirror.user(id: EntryMaker.id(7))?.roles == ["staff"])
        #expect(try await mirror.user(id: EntryMaker.id(1))?.roles == [])
    }

    @Test("through a login that two people bear is nobody's, until one of them is gone", arguments: ["ada", "ADA"])
    func ambiguous(other: String) async throws {
        try await fixture.fill([person(1, "ada"), person(2, other, dn: "second"), group(1, "staff", "ada")])
        #expect(try await mirror.user(id: EntryMaker.id(1))?.roles == [])
        #expect(try await mirror.user(id: EntryMaker.id(2))?.roles == [])
        #expect(try await members(1) == [])
        #expect(try await mirror.roles(named: "staff").first?.memberCount == 0)
        _ = try await mirror.apply([.removed(.users, [EntryMaker.id(2)])])
        #expect(try await fixture.rolesOf("ada") == ["staff"])
        #expect(try await members(1) == ["ada"])
    }

    @Test("that a group no longer has is gone, and what it was made of is forgotten with the next refresh")
    func leaves() async throws {
        try await fixture.fill(.people("ada", "bob") + [group(1, "staff", "ada", "bob")])
        let summary = try await mirror.apply([.upserts([group(1, "staff", "bob")])])
        #expect(summary.changed == 1)
        #expect(try await fixture.rolesOf("ada") == [])
        #expect(try await members(1) == ["bob"])
        try await fixture.fill(.people("ada", "bob") + [group(1, "staff", "bob")])
        #expect(try await mirror.write { try Int.fetchOne($0, sql: "SELECT count(*) FROM login_name") } == 1)
    }

    @Test("comes as it was in a refresh that writes nothing")
    func unchanged() async throws {
        let entries = [FedEntry].people("ada", "bob") + [group(1, "staff", "ada", "bob")]
        try await fixture.fill(entries)
        let summary = try await fixture.fill(entries)
        #expect(summary.isEmpty)
        #expect(try await members(1) == ["ada", "bob"])
    }
}

@Suite("A held membership by login")
struct HeldLoginTests {
    let fixture: MirrorFixture
    var mirror: MirrorDatabase { fixture.mirror }

    private static let size = 30
    private let people = (1...size).map { FedEntry.user(EntryMaker.person($0, "p\($0)")) }

    init() throws { fixture = try MirrorFixture(limits: HoldLimits()) }

    private func group(_ logins: some Sequence<Int>) -> FedEntry {
        .role(EntryMaker.group(1, "large", [], logins: logins.map { "p\($0)" }))
    }

    private func holdAll() async throws {
        try await fixture.fill(people + [group(1...Self.size)])
        let summary = try await mirror.apply([.upserts([group(1...2)])])
        #expect(summary.newlyHeld == Self.size - 2)
    }

    @Test("grants its role until it is released, and shows whose it is")
    func held() async throws {
        try await holdAll()
        #expect(try await fixture.rolesOf("p9") == ["large"])
        let batch = try #require(try await mirror.heldBatches().first)
        let shown = try await mirror.heldRemovals(in: batch.id, limit: 100, after: nil).items
        #expect(shown.compactMap(\.member).contains(EntryMaker.dn("p9")))
        _ = try await mirror.releaseHeld(batch.id, confirm: Self.size - 2)
        #expect(try await fixture.rolesOf("p9") == [])
        #expect(try await fixture.rolesOf("p1") == ["large"])
    }

    @Test("is not inherited by somebody who gets the login", arguments: [true, false])
    func notInherited(isRemoved: Bool) async throws {
        try await holdAll()
        let change: StagedEvent =
            isRemoved
            ? .removed(.users, [EntryMaker.id(9)])
            : .upserts([.user(EntryMaker.person(9, "renamed", dn: EntryMaker.dn("p9")))])
        _ = try await mirror.apply([change])
        _ = try await mirror.apply([.upserts([.user(EntryMaker.person(99, "p9", dn: EntryMaker.dn("newcomer")))])])
        #expect(try await fixture.rolesOf("p9") == [])
        #expect(try await fixture.rolesOf("p8") == ["large"])
    }
}
