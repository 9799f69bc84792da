import GRDB
import Identity
import LatchkeyTesting
import Synchronizer
import Testing

@testable import Mirror

/// What an empty mirror's first refresh does otherwise than a later one.
@Suite("The first refresh")
struct FirstRefreshTests {
    let fixture: MirrorFixture
    var mirror: MirrorDatabase { fixture.mirror }

    init() throws { fixture = try MirrorFixture() }

    private func indexes(_ fixture: MirrorFixture) throws -> [String] {
        try DatabaseQueue(path: fixture.path).read { db in
            try String.fetchAll(
                db,
                sql: "SELECT coalesce(sql, name) FROM sqlite_master WHERE type = 'index' ORDER BY name"
            )
        }
    }

    @Test("leaves each index in its place: committed, abandoned, or looked at before")
    func indexesStay() async throws {
        let before = try indexes(fixture)
        #expect(before.count { $0.contains("CREATE") } > 4)
        try await mirror.beginRefresh(identity: "feed", resumed: [])
        try await mirror.stage(.upserts(.people("ada", "bob")))
        await mirror.abandonRefresh()
        #expect(try indexes(fixture) == before)
        try await mirror.beginRefresh(identity: "feed", resumed: [])
        try await mirror.stage(.upserts(.people("ada", "bob")))
        #expect(try await mirror.previewRefresh(.full).added == 2)
        try await mirror.stage(.upserts([.user(EntryMaker.person(3, "cyd"))]))
        #expect(try await mirror.commitRefresh(.full).added == 3)
        #expect(try indexes(fixture) == before)
        #expect(try await mirror.user(login: "cyd") != nil)
        let other = try MirrorFixture()
        try await other.fill(.people("ada"))
        #expect(try indexes(other) == before)
    }

    @Test("makes an index before its end where more rows have come than are sorted at once")
    func manyRows() throws {
        let before = try indexes(fixture)
        try DatabaseQueue(path: fixture.path).write { db in
            var deferred = DeferredIndexes(limit: 10)
            try deferred.drop(db)
            try deferred.note(.users, rows: 9, db)
            #expect(try !db.indexes(on: "person").contains { $0.name == "person_login" })
            try deferred.note(.users, rows: 1, db)
            #expect(try db.indexes(on: "person").contains { $0.name == "person_login" })
            #expect(try !db.indexes(on: "edge").contains { $0.name == "edge_member" })
            try deferred.makeAll(db)
        }
        #expect(try indexes(fixture) == before)
    }

    @Test("gives a name to whoever was delivered with it last, also within one event")
    func oneNameOnce() async throws {
        let ada = EntryMaker.person(1, "ada")
        let role = FedRole(id: EntryMaker.id(9), dn: ada.dn, dnKey: ada.dnKey, name: "ada's", members: [])
        try await fixture.fill([.role(role), .user(ada)])
        let (people, roles) = try await DatabaseQueue(path: fixture.path).read { db in
            (
                try Int.fetchOne(db, sql: "SELECT count(*) FROM person WHERE name IS NOT NULL"),
                try Int.fetchOne(db, sql: "SELECT count(*) FROM role WHERE name IS NOT NULL")
            )
        }
        #expect(people == 1 && roles == 0)
    }

    @Test("tells a group's missing and surplus members apart as sets would", arguments: 0..<50 as Range<UInt64>)
    func difference(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        func some() -> Set<NameDigest> {
            Set(
                (0..<Int.random(in: 0...30, using: &random)).map { _ in
                    NameDigest(login: "\(Int.random(in: 0...40, using: &random))")
                }
            )
        }
        let (wanted, stored) = (some(), some())
        var difference = MemberDifference(wanted: wanted.sorted())
        for member in stored.sorted() { difference.meet(member) }
        difference.end()
        #expect(difference.missing == wanted.subtracting(stored).sorted())
        #expect(difference.surplus == stored.subtracting(wanted))
    }
}
