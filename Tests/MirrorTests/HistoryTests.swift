import GRDB
import Identity
import LatchkeyTesting
@testable import Mirror
import Synchronizer
import Testing

@Suite("The mirror's history of changes")
struct HistoryTests {
    let fixture: MirrorFixture
    var mirror: MirrorDatabase { fixture.mirror }

    init() throws { fixture = try MirrorFixture() }

    private func start() async throws -> ChangeMark {
        guard case .changes([], let mark) = try await mirror.changes(after: nil) else { throw WrongPage() }
        return mark
    }

    private func after(_ mark: ChangeMark) async throws -> [LoggedGeneration] {
        guard case .changes(let generations, _) = try await mirror.changes(after: mark) else { throw WrongPage() }
        return generations
    }

    @Test("tells each commit as one generation, with what was added, changed and removed")
    func commits() async throws {
        let staff = EntryMaker.group(1, "staff", [EntryMaker.personKey("ada")])
        try await fixture.fill(.people("ada", "bob") + [.role(staff)])
        let mark = try await start()
        #expect(mark.generation == 1)
        _ = try await mirror.apply([.upserts([.user(EntryMaker.person(1, "augusta"))])])
        _ = try await mirror.apply([
            .upserts([.role(EntryMaker.group(1, "staff", []))]), .removed(.users, [EntryMaker.id(2)]),
        ])
        _ = try await mirror.apply([.removed(.roles, [EntryMaker.id(1, .roles)])])
        let generations = try await after(mark)
        #expect(generations.map(\.generation) == [2, 3, 4])
        let renamed = LoggedChange(scope: .users, action: .changed, id: EntryMaker.id(1), name: "augusta")
        #expect(generations.first?.changes == [renamed])
        #expect(generations[1].changes.map(\.action) == [.removed, .changed])
        #expect(generations[1].changes.map(\.name) == ["bob", nil], "a role that is gone by now has no name")
        #expect(generations[2].changes.map(\.id) == [EntryMaker.id(1, .roles)])
        #expect(try await after(ChangeMark(generation: 3, history: nil)).map(\.generation) == [4])
    }

    @Test("says nothing of a commit that changed nothing, and goes on after a restart")
    func restart() async throws {
        try await fixture.fill(.people("ada"))
        let mark = try await start()
        _ = try await mirror.apply([.upserts(.people("ada")), .cookie(.users, SyncCookie(bytes: [9]))])
        #expect(try await after(mark) == [])
        _ = try await mirror.apply([.removed(.users, [EntryMaker.id(1)])])
        let reopened = try fixture.reopened()
        guard case .changes(let generations, let through) = try await reopened.changes(after: mark) else {
            throw WrongPage()
        }
        #expect(generations.map(\.generation) == [2] && through.history == mark.history && through.generation == 2)
    }

    @Test("of another mirror, of the future, or from before it begins, is to be started over")
    func startOver() async throws {
        try await fixture.fill(.people("ada"))
        let mark = try await start()
        for wrong in [ChangeMark(generation: 1, history: "0badcafe"), ChangeMark(generation: 2, history: mark.history)]
        {
            #expect(try await mirror.changes(after: wrong) == .startOver(mark))
        }
        try await mirror.write { db in
            try db.execute(sql: "UPDATE change_floor SET generation = 1")
        }
        #expect(try await mirror.changes(after: ChangeMark(generation: 0, history: nil)) == .startOver(mark))
    }

    @Test("does not list a commit that touched very much")
    func large() async throws {
        try await fixture.fill(.people("ada"))
        let mark = try await start()
        let many = (1...ChangeTable.commitLimit + 1).map { FedEntry.user(EntryMaker.person($0)) }
        _ = try await mirror.apply([.upserts(many)])
        let now = try await start()
        #expect(now.generation == 2)
        #expect(try await mirror.changes(after: mark) == .startOver(now))
        #expect(try await mirror.changes(after: now) == .changes([], through: now))
    }

    @Test("comes in pages that never divide a commit")
    func pages() async throws {
        try await fixture.fill(.people("ada"))
        var mark = try await start()
        for round in 1...7 {
            let entries = (1...4).map { FedEntry.user(EntryMaker.person(round * 10 + $0)) }
            _ = try await mirror.apply([.upserts(entries)])
        }
        var seen: [Int64] = []
        for _ in 0..<20 {
            let from = mark
            let page = try await mirror.read { db in try ChangeTable(db: db).page(after: from, rows: 10) }
            guard case .changes(let generations, let through) = page, !generations.isEmpty else { break }
            #expect(generations.allSatisfy { $0.changes.count == 4 })
            seen += generations.map(\.generation)
            mark = through
        }
        #expect(seen == Array(2...8))
    }

    @Test("forgets the oldest whole commits, and says where it begins now")
    func pruning() async throws {
        try await fixture.fill(.people("ada"))
        let mark = try await start()
        for round in 1...5 {
            let entries = (1...3).map { FedEntry.user(EntryMaker.person(round * 10 + $0)) }
            _ = try await mirror.apply([.upserts(entries)])
        }
        try await mirror.write { db in try ChangeTable(db: db).prune(keeping: 6) }
        guard case .startOver = try await mirror.changes(after: mark) else { throw WrongPage() }
        #expect(try await after(ChangeMark(generation: 4, history: mark.history)).map(\.generation) == [5, 6])
    }

    @Test("wakes whoever waits for the next generation")
    func waking() async throws {
        var generations = mirror.generations().makeAsyncIterator()
        await generations.next()
        try await fixture.fill(.people("ada"))
        await generations.next()
        #expect(mirror.generation == 1)
    }

    @Test("names every entry that changed, whatever happened", arguments: [11, 12, 13, 14] as [UInt64])
    func isComplete(seed: UInt64) async throws {
        var history = RandomHistory(seed: seed)
        var mark = try await start()
        var before = try await content()
        for _ in 0..<60 {
            if Bool.random(using: &history.random) {
                _ = try await mirror.apply(history.liveChanges())
            } else {
                try await history.refresh(mirror)
            }
            guard case .changes(let generations, let through) = try await mirror.changes(after: mark) else {
                throw WrongPage()
            }
            let now = try await content()
            let different = Set(before.keys).union(now.keys).filter { before[$0] != now[$0] }
            let told = Set(generations.flatMap(\.changes).map(\.id))
            #expect(told.isSuperset(of: different), "seed \(seed)")
            (mark, before) = (through, now)
        }
    }

    /// What a reader sees of each living entry, as text; of groups with their direct members.
    private func content() async throws -> [EntryID: String] {
        try await mirror.read { db in
            let people = """
                SELECT uuid, dn || login || coalesce(email, '') AS text FROM person WHERE deleted_at IS NULL
                """
            let groups = """
                SELECT uuid, dn || title || coalesce((SELECT group_concat(hex(member)) FROM edge
                WHERE edge.role = role.id), '') AS text FROM role
                """
            var content: [EntryID: String] = [:]
            for row in try Row.fetchAll(db, sql: people) + Row.fetchAll(db, sql: groups) {
                content[try row.entryID("uuid")] = row["text"]
            }
            return content
        }
    }
}

/// A page of the other kind.
private struct WrongPage: Error {}
