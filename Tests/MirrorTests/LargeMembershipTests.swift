import Foundation
import GRDB
import Identity
import LatchkeyTesting
import Synchronizer
import Testing

@testable import Mirror

/// Failure modes 10 and 11 at the sizes of the field: nesting that has no end, and groups that are large.
@Suite("A membership in the large")
struct LargeMembershipTests {
    let fixture: MirrorFixture
    var mirror: MirrorDatabase { fixture.mirror }

    init() throws { fixture = try MirrorFixture() }

    private func group(_ number: Int, _ name: String, people: [String] = [], groups: [String] = []) -> FedEntry {
        .role(EntryMaker.group(number, name, people.map(EntryMaker.personKey) + groups.map(EntryMaker.groupKey)))
    }

    @Test("failure mode 10: ten thousand groups within each other, closed to a ring: everybody below holds all of them")
    func depth() async throws {
        let depth = 10_000
        let chain = (2...depth).map { group($0, "g\($0)", groups: ["g\($0 - 1)"]) }
        try await fixture.fill(
            .people("ada", "bob") + [group(1, "g1", people: ["ada"], groups: ["g\(depth)", "g1"])] + chain
        )
        #expect(try await fixture.rolesOf("ada")?.count == depth)
        #expect(try await fixture.rolesOf("bob") == [])
        let highest = try await mirror.members(of: EntryMaker.id(depth, .roles), limit: 10, after: nil).items
        #expect(highest.map(\.login) == ["ada"])
        _ = try await mirror.apply([.upserts([group(1, "g1", people: ["ada", "bob"])])])
        #expect(try await fixture.rolesOf("bob")?.count == depth)
        _ = try await mirror.apply([.upserts([group(1, "g1", people: ["bob"])])])
        #expect(try await fixture.rolesOf("ada") == [])
    }

    @Test("failure mode 10: a diamond of twenty storeys has a million ways, and each group counts once")
    func diamonds() async throws {
        let storeys = 20
        var floors: [FedEntry] = []
        for floor in 1...storeys {
            let below = floor == 1 ? [] : ["l\(floor - 1)", "r\(floor - 1)"]
            let people = floor == 1 ? ["ada"] : []
            floors.append(group(floor * 2, "l\(floor)", people: people, groups: below))
            floors.append(group(floor * 2 + 1, "r\(floor)", people: people, groups: below))
        }
        try await fixture.fill(.people("ada") + floors)
        #expect(try await fixture.rolesOf("ada")?.count == storeys * 2)
    }

    /// What one change may write, whatever the size of the group: the memberships and the marks of the commit.
    private static let writesMax = 16

    @Test("failure mode 11: one change in a group of 200,000 writes in proportion to the change")
    func writes() async throws {
        var names = (1...200_000).map { EntryMaker.personKey("p\($0)") }
        try await fixture.fill(
            .people("ada", "bob") + [.role(EntryMaker.group(1, "large", names + [EntryMaker.personKey("ada")]))]
        )
        names[77] = EntryMaker.personKey("bob")
        let before = try await mirror.write { $0.totalChangesCount }
        let summary = try await mirror.apply([.upserts([.role(EntryMaker.group(1, "large", names))])])
        #expect(summary.changed == 1)
        #expect(try await mirror.write { $0.totalChangesCount } - before <= Self.writesMax)
        #expect(try await fixture.rolesOf("bob") == ["large"])
        #expect(try await fixture.rolesOf("ada") == [])
    }

    @Test("failure mode 11: ten changes in a group of 200,000 take no more memory than the group as it is delivered")
    func memory() async throws {
        // In a process of its own, so that the peak is this group's alone.
        await #expect(processExitsWith: .success) {
            let fixture = try MirrorFixture()
            var names = (1...200_000).map { EntryMaker.personKey("p\($0)") }
            try await fixture.fill([.role(EntryMaker.group(1, "large", names))])
            let before = try PeakMemory.kilobytes()
            for number in 0..<10 {
                names[number] = EntryMaker.personKey("q\(number)")
                _ = try await fixture.mirror.apply([.upserts([.role(EntryMaker.group(1, "large", names))])])
            }
            let growth = try PeakMemory.kilobytes() - before
            guard growth < PeakMemory.growthMax else { throw TestError("\(growth) KiB more than \(before)") }
        }
    }
}

/// The most memory that this process ever had (proc(5), VmHWM).
private enum PeakMemory {
    /// In KiB: the group twice, as it was and as it is, with room.
    static let growthMax = 65_536

    static func kilobytes() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        guard let number = line?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
            throw TestError("no VmHWM in \(status)")
        }
        return number
    }
}
