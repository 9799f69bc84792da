import Identity
import LatchkeyTesting
import Mirror
import Synchronizer
import Testing

@Suite("Any history of changes")
struct RandomHistoryTests {
    @Test("leaves the mirror equal to a simple model of the directory", arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
    func equalsModel(seed: UInt64) async throws {
        let fixture = try MirrorFixture()
        var history = RandomHistory(seed: seed)
        for _ in 0..<80 {
            if Bool.random(using: &history.random) {
                let changes = history.liveChanges()
                _ = try await fixture.mirror.apply(changes)
            } else {
                try await history.refresh(fixture.mirror)
            }
            try await compare(fixture.mirror, history.model)
        }
    }

    private func compare(_ mirror: MirrorDatabase, _ model: DirectoryModel) async throws {
        let people = try await mirror.users(UserQuery(limit: 1000)).items
        #expect(Set(people.map(\.id)) == model.ids(.users))
        for user in people {
            let expected = try #require(model.people[user.id])
            #expect(user.login == expected.login && user.dn == expected.dn && user.email == expected.email)
            #expect(user.roles == model.roles(of: user.id), "\(user.login)")
        }
        let groups = try await mirror.roles(limit: 1000, after: nil).items
        #expect(Set(groups.map(\.id)) == model.ids(.roles))
        for group in groups {
            let holders = model.people.keys.filter { model.roles(of: $0).contains(group.name) }
            #expect(group.memberCount == holders.count, "\(group.name)")
        }
        let gone = try await mirror.users(UserQuery(state: .deleted, limit: 1000)).items
        #expect(Set(gone.map(\.id)) == model.deleted)
        let counts = try await mirror.counts()
        #expect(counts.users == people.count && counts.roles == groups.count)
    }
}

/// Random changes, told to the mirror and to the model alike. Few ids and few names, so that they meet often.
struct RandomHistory {
    var random: SeededGenerator
    var model = DirectoryModel()

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    private mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

    private mutating func entry() -> FedEntry {
        if number(1...3) > 1 {
            let login = "n\(number(1...14))"
            var user = EntryMaker.person(number(1...12), login)
            // Sometimes another than the name says, and in another case.
            if number(1...3) == 1 { user.login = number(1...2) == 1 ? login.uppercased() : "n\(number(1...14))" }
            if number(1...4) == 1 { user.email = nil }
            return .user(user)
        }
        let members = (0..<number(0...5)).map { _ in
            number(1...2) == 1
                ? EntryMaker.personKey("n\(number(1...14))") : EntryMaker.groupKey("g\(number(1...8))")
        }
        // The name is the group's own, so that it says which one is meant; the DN is one of few.
        let id = number(1...8)
        var role = EntryMaker.group(id, "g\(number(1...8))", members)
        role.name = "role\(id)"
        role.logins = (0..<number(0...3)).map { _ in "n\(number(1...14))" }
        return .role(role)
    }

    private mutating func id(_ scope: SyncScope) -> EntryID { EntryMaker.id(number(1...12), scope) }

    mutating func liveChanges() -> [StagedEvent] {
        (0..<number(1...6)).map { _ in
            if number(1...4) == 1 {
                let scope: SyncScope = Bool.random(using: &random) ? .users : .roles
                let id = id(scope)
                model.remove(id)
                return .removed(scope, [id])
            }
            let entries = (0..<number(1...3)).map { _ in entry() }
            for entry in entries { model.upsert(entry) }
            return .upserts(entries)
        }
    }

    /// A refresh that ends in either phase, or is abandoned.
    mutating func refresh(_ mirror: MirrorDatabase) async throws {
        let before = model
        var seen: Set<EntryID> = []
        var named: Set<EntryID> = []
        try await mirror.beginRefresh(identity: "feed", resumed: Set(SyncScope.allCases))
        for _ in 0..<number(0...12) {
            try await mirror.stage(event(&seen, &named, before))
        }
        if number(1...4) == 1 {
            model = before
            return await mirror.abandonRefresh()
        }
        var outcome: [SyncScope: RefreshKind] = [:]
        for scope in SyncScope.allCases {
            let isPresent = number(1...3) == 1
            outcome[scope] = isPresent ? .presentPhase : .deletePhase
            let gone = isPresent ? model.ids(scope).subtracting(seen) : model.ids(scope).intersection(named)
            for id in gone { model.remove(id) }
        }
        let preview = try await mirror.previewRefresh(outcome)
        let summary = try await mirror.commitRefresh(outcome)
        let living = before.ids(.users).union(before.ids(.roles))
        let after = model.ids(.users).union(model.ids(.roles))
        #expect(preview.scopes.values.reduce(0) { $0 + $1.held } == living.count)
        #expect(summary.removed == living.subtracting(after).count)
        #expect(summary.added == after.subtracting(living).count)
        #expect(Set(summary.usersRemoved) == before.ids(.users).subtracting(model.ids(.users)))
    }

    private mutating func event(
        _ seen: inout Set<EntryID>,
        _ named: inout Set<EntryID>,
        _ before: DirectoryModel
    ) -> StagedEvent {
        let scope: SyncScope = Bool.random(using: &random) ? .users : .roles
        switch number(1...4) {
        case 1:
            let id = id(scope)
            if model.ids(scope).contains(id) { seen.insert(id) }
            named.remove(id)
            return .present(scope, [id])
        case 2:
            let id = id(scope)
            seen.remove(id)
            named.insert(id)
            return .removed(scope, [id])
        default:
            let entry = entry()
            model.upsert(entry)
            seen.insert(entry.id)
            named.remove(entry.id)
            return .upserts([entry])
        }
    }
}
