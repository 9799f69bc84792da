import Identity
import LatchkeyTesting
import Mirror
import Synchronizer
import Testing

@Suite("What somebody has only because a removal is held")
struct HeldStandingTests {
    let fixture: MirrorFixture
    var mirror: MirrorDatabase { fixture.mirror }

    init() throws { fixture = try MirrorFixture(limits: HoldLimits()) }

    private func people(_ numbers: ClosedRange<Int>) -> [FedEntry] { numbers.map { .user(EntryMaker.person($0)) } }

    private func group(_ number: Int, _ name: String, _ members: ClosedRange<Int>) -> FedEntry {
        .role(EntryMaker.group(number, name, members.map { EntryMaker.personKey("user\($0)") }))
    }

    private func standing(_ number: Int) async throws -> HeldStanding? {
        try await mirror.standing(of: EntryMaker.id(number))
    }

    @Test("is nothing while nothing is held, and nobody unknown has a standing")
    func nothing() async throws {
        try await fixture.fill(people(1...3) + [group(1, "staff", 1...2)])
        #expect(try await standing(1) == HeldStanding(roles: ["staff"]))
        #expect(try await standing(3) == HeldStanding(roles: []))
        #expect(try await standing(9) == nil)
    }

    @Test("is the role of a held membership, and not that of another way to the same role")
    func membership() async throws {
        let inner = EntryMaker.group(2, "inner", [EntryMaker.personKey("user2")])
        let outer = EntryMaker.group(
            3,
            "outer",
            (1...25).map { EntryMaker.personKey("user\($0)") } + [EntryMaker.groupKey("inner")]
        )
        try await fixture.fill(people(1...25) + [.role(inner), .role(outer)])
        let emptied = EntryMaker.group(3, "outer", [EntryMaker.groupKey("inner")])
        #expect(try await mirror.apply([.upserts([.role(emptied)])]).newlyHeld == 25)
        #expect(try await standing(1) == HeldStanding(roles: ["outer"], heldRoles: ["outer"]))
        #expect(try await standing(2) == HeldStanding(roles: ["inner", "outer"]))
        let released = try await mirror.releaseHeld(1, confirm: 25)
        #expect(released.held.removals == 0)
        #expect(try await standing(1) == HeldStanding(roles: []))
    }

    @Test("is what a held group gives, through nesting too")
    func heldGroup() async throws {
        let outer = EntryMaker.group(2, "outer", [EntryMaker.groupKey("staff")])
        try await fixture.fill(people(1...25) + [group(1, "staff", 1...25), .role(outer)])
        #expect(try await mirror.apply([.removed(.roles, [EntryMaker.id(1, .roles)])]).newlyHeld == 1)
        #expect(try await standing(7) == HeldStanding(roles: ["outer", "staff"], heldRoles: ["outer", "staff"]))
    }

    @Test("is the entry itself, when everybody would go")
    func entry() async throws {
        try await fixture.fill(people(1...3))
        try await fixture.fill([])
        #expect(try await standing(2) == HeldStanding(roles: [], isEntryHeld: true))
    }
}
