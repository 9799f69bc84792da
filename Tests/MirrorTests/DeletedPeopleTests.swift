import Foundation
import GRDB
import Identity
import LatchkeyTesting
import Mirror
import Synchronizer
import Testing

@Suite("A person who was deleted")
struct DeletedPeopleTests {
    let fixture: MirrorFixture
    var mirror: MirrorDatabase { fixture.mirror }

    init() throws { fixture = try MirrorFixture() }

    private func remove(_ numbers: ClosedRange<Int>) async throws {
        _ = try await mirror.apply([.removed(.users, numbers.map { EntryMaker.id($0) })])
    }

    private func ids(_ numbers: ClosedRange<Int>) -> [EntryID] { numbers.map { EntryMaker.id($0) } }

    @Test("is listed in pages, by id, and the living are not")
    func listed() async throws {
        try await fixture.fill((1...9).map { .user(EntryMaker.person($0)) })
        try await remove(3...7)
        let first = try await mirror.deletedPeople(limit: 3, after: nil)
        let second = try await mirror.deletedPeople(limit: 3, after: first.last)
        #expect(first == ids(3...5) && second == ids(6...7))
        #expect(try await mirror.living(among: ids(1...12)) == Set(ids(1...2) + ids(8...9)))
    }

    @Test("is forgotten after the time, and no sooner, without a generation of its own")
    func forgotten() async throws {
        try await fixture.fill((1...4).map { .user(EntryMaker.person($0)) })
        try await remove(1...1)
        let first = fixture.clock.now
        fixture.clock.advance(by: 60)
        try await remove(2...3)
        let generation = mirror.generation
        #expect(try await mirror.forget(deletedBefore: first.addingTimeInterval(-1), limit: 10) == 0)
        #expect(try await mirror.forget(deletedBefore: first, limit: 10) == 1)
        #expect(try await mirror.user(id: EntryMaker.id(1)) == nil)
        #expect(try await mirror.user(id: EntryMaker.id(2))?.account.state == .deleted)
        #expect(try await mirror.forget(deletedBefore: fixture.clock.now, limit: 1) == 1)
        #expect(try await mirror.forget(deletedBefore: fixture.clock.now, limit: 1) == 1)
        #expect(try await mirror.forget(deletedBefore: fixture.clock.now, limit: 1) == 0)
        #expect(try await mirror.counts().users == 1)
        #expect(mirror.generation == generation)
    }

    @Test(
        "is found by an index: a sweep does not read everybody",
        arguments: [
            "SELECT uuid FROM person WHERE deleted_at IS NOT NULL AND uuid > x'' ORDER BY uuid LIMIT 100",
            "SELECT id FROM person WHERE deleted_at <= 1 LIMIT 100",
        ]
    )
    func index(sql: String) throws {
        let plan = try DatabaseQueue(path: fixture.path).read { db in
            try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN \(sql)").map { String($0["detail"]) }
        }
        #expect(plan.count == 1 && plan[0].contains("INDEX person_deleted"), "\(plan)")
    }

    @Test("who comes back in time is the same, and is not forgotten later")
    func returns() async throws {
        try await fixture.fill(.people("ada", "bob"))
        try await remove(1...1)
        let time = fixture.clock.now
        let summary = try await mirror.apply([.upserts(.people("ada"))])
        #expect(summary.usersReturned == ids(1...1))
        #expect(try await mirror.forget(deletedBefore: time, limit: 10) == 0)
        #expect(try await mirror.user(login: "ada")?.id == EntryMaker.id(1))
    }

    @Test("who comes back too late is somebody new")
    func late() async throws {
        try await fixture.fill(.people("ada", "bob"))
        try await remove(1...1)
        _ = try await mirror.forget(deletedBefore: fixture.clock.now, limit: 10)
        let summary = try await mirror.apply([.upserts(.people("ada"))])
        #expect(summary.usersReturned == [] && summary.added == 1)
    }

    @Test("stays while a refresh is being written")
    func staging() async throws {
        try await fixture.fill(.people("ada", "bob"))
        try await remove(1...1)
        try await mirror.beginRefresh(identity: "feed", resumed: [.users, .roles])
        await #expect(throws: MirrorError.self) {
            try await mirror.forget(deletedBefore: .distantFuture, limit: 10)
        }
        await mirror.abandonRefresh()
        #expect(try await mirror.user(id: EntryMaker.id(1))?.account.state == .deleted)
    }
}
