import Identity
import LatchkeyTesting
import Mirror
import Synchronizer
import Testing

@Suite("Removals that are held")
struct HoldTests {
    let fixture: MirrorFixture
    var mirror: MirrorDatabase { fixture.mirror }

    init() throws { fixture = try MirrorFixture(limits: HoldLimits()) }

    private func people(_ numbers: ClosedRange<Int>) -> [FedEntry] { numbers.map { .user(EntryMaker.person($0)) } }

    private func group(_ members: ClosedRange<Int>) -> FedEntry {
        .role(EntryMaker.group(1, "staff", members.map { EntryMaker.personKey("user\($0)") }))
    }

    private func removals(_ numbers: ClosedRange<Int>) -> [StagedEvent] {
        numbers.map { .removed(.users, [EntryMaker.id($0)]) }
    }

    @Test("leave everybody in place when the directory is empty, and the cookie is kept all the same")
    func emptied() async throws {
        try await fixture.fill(people(1...3))
        try await mirror.beginRefresh(identity: "feed", resumed: [])
        try await mirror.stage(.cookie(.users, SyncCookie(bytes: [9])))
        let preview = try await mirror.previewRefresh(.full)
        #expect(preview.newlyHeld == 3 && preview.removed == 0)
        let summary = try await mirror.commitRefresh(.full)
        #expect(summary.newlyHeld == 3 && summary.isEmpty && summary.usersRemoved.isEmpty)
        #expect(summary.held.removals == 3 && summary.held.batch == 1)
        let state = try await mirror.state()
        #expect(state.users == 3 && state.cookies[.users] == SyncCookie(bytes: [9]))
        #expect(try await mirror.user(login: "user1")?.account.state == .active)
    }

    @Test("do not keep others from coming, nor changes from being made")
    func othersGoOn() async throws {
        try await fixture.fill(people(1...3))
        var changed = EntryMaker.person(4)
        changed.email = "new@example.org"
        let summary = try await fixture.fill([.user(changed)])
        #expect(summary.newlyHeld == 3 && summary.added == 1)
        #expect(try await mirror.user(login: "user4")?.email == "new@example.org")
        #expect(try await mirror.counts().users == 4)
    }

    @Test("are the same batch when the next refresh says it again, after a restart too")
    func again() async throws {
        try await fixture.fill(people(1...3))
        try await fixture.fill([])
        let reopened = try fixture.reopened()
        #expect(try await reopened.state().held.removals == 3)
        let summary = try await fixture.fill([])
        #expect(summary.newlyHeld == 0 && summary.held.removals == 3 && summary.held.batch == 1)
    }

    @Test("end by themselves for whoever is delivered or named present again")
    func comesBack() async throws {
        try await fixture.fill(people(1...3))
        try await fixture.fill([])
        _ = try await mirror.apply([.upserts(people(1...1))])
        #expect(try await mirror.state().held.removals == 2)
        try await mirror.beginRefresh(identity: "feed", resumed: [])
        try await mirror.stage(.present(.users, [EntryMaker.id(2)]))
        try await mirror.stage(.upserts(people(1...1)))
        #expect(try await mirror.commitRefresh(.full).held.removals == 1)
        #expect(try await fixture.fill(people(1...3)).held == HeldRemovals())
        #expect(try await mirror.heldBatches().isEmpty)
    }

    @Test("begin after the first fifty of a hundred, however they fell into commits", arguments: [1, 7, 60])
    func live(size: Int) async throws {
        try await fixture.fill(people(1...100))
        let all = removals(1...60)
        for start in stride(from: 0, to: 60, by: size) {
            _ = try await mirror.apply(Array(all[start..<min(start + size, 60)]))
        }
        #expect(try await mirror.counts().users == 50)
        let batch = try #require(try await mirror.heldBatches().first)
        #expect(batch.users == 10 && batch.removals == 10)
        #expect(try await mirror.user(login: "user51") != nil)
        #expect(try await mirror.user(login: "user50") == nil)
    }

    @Test("are counted over an hour, over a restart, and no longer")
    func hour() async throws {
        try await fixture.fill(people(1...200))
        _ = try await mirror.apply(removals(1...50))
        fixture.clock.advance(by: 3599)
        let reopened = try fixture.reopened()
        #expect(try await reopened.apply(removals(51...51)).newlyHeld == 1)
        fixture.clock.advance(by: 2)
        #expect(try await mirror.apply(removals(52...52)).usersRemoved.count == 1)
    }

    @Test("are those of one group that would lose more than half, and adds to it still count")
    func group() async throws {
        try await fixture.fill(people(1...25) + [group(1...22)])
        let summary = try await mirror.apply([.upserts([group(20...25)])])
        #expect(summary.newlyHeld == 19)
        #expect(try await mirror.roles(named: "staff").first?.memberCount == 25)
        let page = try await mirror.heldRemovals(in: 1, limit: 5, after: nil)
        #expect(page.items.allSatisfy { $0.kind == .membership && $0.reason == .group && $0.member != nil })
        #expect(try await mirror.apply([.upserts([group(11...25)])]).held.removals == 10)
        let released = try await mirror.releaseHeld(1, confirm: 10)
        #expect(released.changed == 1 && released.held.removals == 0)
        #expect(try await fixture.rolesOf("user10") == [])
        #expect(try await fixture.rolesOf("user11") == ["staff"])
    }

    @Test("are no renamed members: a group whose people all move keeps nothing in quarantine")
    func renamed() async throws {
        try await fixture.fill(people(1...30) + [group(1...30)])
        let moved = (1...30).map { FedEntry.user(EntryMaker.person($0, "moved\($0)")) }
        let named = EntryMaker.group(1, "staff", (1...30).map { EntryMaker.personKey("moved\($0)") })
        _ = try await mirror.apply([.upserts([.role(named)] + moved)])
        #expect(try await mirror.state().held.removals == 0)
        #expect(try await fixture.rolesOf("moved30") == ["staff"])
        #expect(try await mirror.roles(named: "staff").first?.memberCount == 30)
    }

    @Test("of a large group with all its members are one")
    func largeGroup() async throws {
        let small = EntryMaker.group(2, "small", [EntryMaker.personKey("user1")])
        try await fixture.fill(people(1...30) + [group(1...30), .role(small)])
        let summary = try await mirror.apply([.removed(.roles, [EntryMaker.id(1, .roles)])])
        #expect(summary.newlyHeld == 1 && summary.removed == 0)
        #expect(try await fixture.rolesOf("user30") == ["staff"])
    }

    @Test("go with a release that confirms their number, in one commit, and with no other")
    func release() async throws {
        try await fixture.fill(people(1...3))
        try await fixture.fill([])
        let error = await #expect(throws: QuarantineError.self) { try await mirror.releaseHeld(1, confirm: 2) }
        #expect(error?.code == .changed)
        #expect(try await mirror.counts().users == 3)
        let summary = try await mirror.releaseHeld(1, confirm: 3)
        #expect(summary.usersRemoved.count == 3 && summary.held == HeldRemovals())
        #expect(try await mirror.counts().users == 0)
        #expect(try await mirror.user(id: EntryMaker.id(1))?.account.state == .deleted)
        let gone = await #expect(throws: QuarantineError.self) { try await mirror.releaseHeld(1, confirm: 3) }
        #expect(gone?.code == .notFound)
    }

    @Test("are forgotten when they are dropped")
    func drop() async throws {
        try await fixture.fill(people(1...3))
        try await fixture.fill([])
        #expect(try await mirror.dropHeld(1).held == HeldRemovals())
        #expect(try await mirror.counts().users == 3)
        #expect(try await fixture.fill([]).held.batch == 2)
    }

    @Test("are listed page by page")
    func pages() async throws {
        try await fixture.fill(people(1...7))
        try await fixture.fill([])
        var dns: [String] = []
        var cursor: String?
        repeat {
            let page = try await mirror.heldRemovals(in: 1, limit: 3, after: cursor)
            dns += page.items.map(\.dn)
            cursor = page.next
        } while cursor != nil
        #expect(dns == (1...7).map { EntryMaker.dn("user\($0)") })
        let error = await #expect(throws: QuarantineError.self) {
            try await mirror.heldRemovals(in: 1, limit: 3, after: "?")
        }
        #expect(error?.code == .badCursor)
    }

    @Test("cannot be released while a staging generation is open")
    func staging() async throws {
        try await fixture.fill(people(1...3))
        try await fixture.fill([])
        try await mirror.beginRefresh(identity: "feed", resumed: [])
        let error = await #expect(throws: QuarantineError.self) { try await mirror.releaseHeld(1, confirm: 3) }
        #expect(error?.code == .busy)
        await mirror.abandonRefresh()
        #expect(try await mirror.state().held.removals == 3)
    }

    @Test("are what a simple model says, whatever happens", arguments: [1, 2, 3, 4] as [UInt64])
    func model(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let fixture = try MirrorFixture(limits: HoldLimits(over: 0.1, atLeast: 3))
        var (living, held, hour) = (Set<Int>(), Set<Int>(), [Int]())
        let rule = RemovalGuard(HoldLimits(over: 0.1, atLeast: 3))
        func reason(_ count: Int) -> RemovalGuard.Reason? {
            rule.judge(removing: count, of: .init(living: living.count, held: held.count, recent: hour.reduce(0, +)))
        }
        for step in 0..<150 {
            let numbers = (0..<Int.random(in: 0...30, using: &random)).map { _ in Int.random(in: 1...40, using: &random)
            }
            switch Int.random(in: 0...9, using: &random) {
            case 0...3:
                _ = try await fixture.mirror.apply([.upserts(numbers.map { .user(EntryMaker.person($0)) })])
                living.formUnion(numbers)
                held.subtract(numbers)
            case 4...6:
                guard let number = living.sorted().randomElement(using: &random) else { continue }
                if !held.contains(number) {
                    if reason(1) == nil {
                        living.remove(number)
                        hour.append(1)
                    } else {
                        held.insert(number)
                    }
                }
                _ = try await fixture.mirror.apply([.removed(.users, [EntryMaker.id(number)])])
            case 7:
                try await fixture.fill(numbers.map { .user(EntryMaker.person($0)) })
                held.subtract(numbers)
                let gone = living.subtracting(numbers).subtracting(held)
                if reason(gone.count) == nil {
                    living.subtract(gone)
                    hour.append(gone.count)
                } else {
                    held.formUnion(gone)
                }
                living.formUnion(numbers)
            case 8:
                fixture.clock.advance(by: 3601)
                hour = []
            default:
                for batch in try await fixture.mirror.heldBatches() {
                    _ = try await fixture.mirror.releaseHeld(batch.id, confirm: batch.removals)
                }
                living.subtract(held)
                held = []
            }
            let stored = Set(try await fixture.mirror.users(UserQuery(limit: 1000)).items.map(\.login))
            #expect(stored == Set(living.map { "user\($0)" }), "seed \(seed), step \(step)")
            #expect(try await fixture.mirror.state().held.removals == held.count, "seed \(seed), step \(step)")
        }
    }
}
