import GRDB
import Identity
import LatchkeyTesting
import Synchronizer
import Testing

@testable import Mirror

@Suite("A membership")
struct MembershipTests {
    let fixture: MirrorFixture
    var mirror: MirrorDatabase { fixture.mirror }

    init() throws { fixture = try MirrorFixture() }

    private func group(_ number: Int, _ name: String, people: [String] = [], groups: [String] = []) -> FedEntry {
        .role(EntryMaker.group(number, name, people.map(EntryMaker.personKey) + groups.map(EntryMaker.groupKey)))
    }

    private func members(_ number: Int) async throws -> [String] {
        try await mirror.members(of: EntryMaker.id(number, .roles), limit: 1000, after: nil).items.map(\.login)
    }

    @Test("failure mode 10: reaches through nested groups, and once through a diamond")
    func nesting() async throws {
        try await fixture.fill(
            .people("ada", "bob") + [
                group(1, "all", groups: ["left", "right"]), group(2, "left", groups: ["inner"]),
                group(3, "right", people: ["bob"], groups: ["inner"]), group(4, "inner", people: ["ada"]),
            ]
        )
        #expect(try await fixture.rolesOf("ada") == ["all", "inner", "left", "right"])
        #expect(try await fixture.rolesOf("bob") == ["all", "right"])
        #expect(try await members(1) == ["ada", "bob"])
        #expect(try await mirror.roles(named: "ALL").first?.memberCount == 2)
    }

    @Test("failure mode 10: ends in cycles: three groups in a ring, and a group in itself")
    func cycles() async throws {
        try await fixture.fill(
            .people("ada") + [
                group(1, "a", groups: ["b"]), group(2, "b", groups: ["c"]),
                group(3, "c", people: ["ada"], groups: ["a"]), group(4, "self", people: ["ada"], groups: ["self"]),
            ]
        )
        #expect(try await fixture.rolesOf("ada") == ["a", "b", "c", "self"])
        for number in 1...4 { #expect(try await members(number) == ["ada"]) }
    }

    @Test("failure mode 10: reaches through a thousand levels")
    func depth() async throws {
        let chain = (1...1000).map { level in
            level == 1 ? group(1, "g1", people: ["ada"]) : group(level, "g\(level)", groups: ["g\(level - 1)"])
        }
        try await fixture.fill(.people("ada") + chain)
        #expect(try await fixture.rolesOf("ada")?.count == 1000)
        #expect(try await members(1000) == ["ada"])
    }

    @Test("of a name that nobody bears counts as soon as somebody does")
    func unresolved() async throws {
        try await fixture.fill([group(1, "staff", people: ["ada"], groups: ["inner"])])
        #expect(try await members(1) == [])
        _ = try await mirror.apply([.upserts(.people("ada"))])
        #expect(try await fixture.rolesOf("ada") == ["staff"])
        _ = try await mirror.apply([
            .upserts([group(2, "inner", people: ["bob"]), .user(EntryMaker.person(2, "bob"))])
        ])
        #expect(try await members(1) == ["ada", "bob"])
    }

    @Test("stays with the name: a renamed person has it not until the group says so")
    func rename() async throws {
        try await fixture.fill(.people("ada") + [group(1, "staff", people: ["ada"])])
        let renamed = FedEntry.user(EntryMaker.person(1, "augusta"))
        let summary = try await mirror.apply([.upserts([renamed])])
        #expect(
            summary.doubtfulNames.map(\.key) == [EntryMaker.personKey("ada"), EntryMaker.personKey("augusta")]
        )
        #expect(try await fixture.rolesOf("augusta") == [])
        _ = try await mirror.apply([.upserts([group(1, "staff", people: ["augusta"])])])
        #expect(try await fixture.rolesOf("augusta") == ["staff"])
    }

    @Test("through a swapped name is the newer bearer's alone, in whichever order the changes come")
    func swap() async throws {
        try await fixture.fill(.people("ada", "bob") + [group(1, "staff", people: ["ada"])])
        let bobAsAda = FedEntry.user(EntryMaker.person(2, "bob", dn: EntryMaker.dn("ada")))
        let summary = try await mirror.apply([.upserts([bobAsAda])])
        #expect(summary.doubtfulNames.map(\.key).contains(EntryMaker.personKey("ada")))
        #expect(try await fixture.rolesOf("ada") == [])
        #expect(try await fixture.rolesOf("bob") == ["staff"])
        _ = try await mirror.apply([.upserts([.user(EntryMaker.person(1, "ada", dn: EntryMaker.dn("bob")))])])
        #expect(try await fixture.rolesOf("ada") == [])
        #expect(try await fixture.rolesOf("bob") == ["staff"])
    }

    @Test("can be set as a probe found it, both ways")
    func probed() async throws {
        try await fixture.fill(
            .people("ada") + [group(1, "staff", people: ["ada"]), group(2, "board"), group(3, "club", people: ["ada"])]
        )
        let found = Set([EntryMaker.id(2, .roles), EntryMaker.id(3, .roles), EntryMaker.id(99, .roles)])
        let summary = try await mirror.setMemberships([EntryMaker.personKey("ada"): found])
        #expect(summary.changed == 2)
        #expect(try await fixture.rolesOf("ada") == ["board", "club"])
        #expect(try await mirror.setMemberships([EntryMaker.personKey("ada"): found]).isEmpty)
    }

    @Test("of a removed group is gone, also through it")
    func removedGroup() async throws {
        try await fixture.fill(
            .people("ada") + [group(1, "outer", groups: ["inner"]), group(2, "inner", people: ["ada"])]
        )
        _ = try await mirror.apply([.removed(.roles, [EntryMaker.id(2, .roles)])])
        #expect(try await fixture.rolesOf("ada") == [])
        #expect(try await mirror.counts().roles == 1)
        #expect(try await mirror.roles(named: "inner").isEmpty)
    }

    @Test(
        "failure mode 11: that changes in a large group writes the difference only, and a refresh of the same writes nothing"
    )
    func writesOnlyTheDifference() async throws {
        var names = (1...20_000).map { EntryMaker.personKey("p\($0)") }
        try await fixture.fill([.role(EntryMaker.group(1, "large", names))])
        names[77] = EntryMaker.personKey("somebody-else")
        let before = try await writes()
        let summary = try await mirror.apply([.upserts([.role(EntryMaker.group(1, "large", names))])])
        #expect(summary.changed == 1)
        // One edge away, one edge added, the generation, and the history's line.
        #expect(try await writes() - before == 4)
        let unchanged = try await writes()
        try await mirror.beginRefresh(identity: "feed", resumed: [.users, .roles])
        try await mirror.stage(.upserts([.role(EntryMaker.group(1, "large", names))]))
        #expect(try await writes() == unchanged)
        await mirror.abandonRefresh()
    }

    private func writes() async throws -> Int { try await mirror.write { $0.totalChangesCount } }
}
