import Identity
import LatchkeyTesting
import Mirror
import Synchronizer
import Testing

@Suite("A listing")
struct ListingTests {
    let fixture: MirrorFixture
    var mirror: MirrorDatabase { fixture.mirror }

    init() throws { fixture = try MirrorFixture() }

    private func search(_ text: String) async throws -> [String] {
        try await mirror.users(UserQuery(text: text)).items.map(\.login)
    }

    @Test("by pages shows everybody once, in the order of logins, while people come, go and are renamed")
    func pagesDuringChanges() async throws {
        try await fixture.fill((10...39).map { .user(EntryMaker.person($0)) })
        var seen: [String] = []
        var cursor: String?
        var page = 0
        repeat {
            let found = try await mirror.users(UserQuery(limit: 7, cursor: cursor))
            seen += found.items.map(\.login)
            cursor = found.next
            page += 1
            _ = try await mirror.apply([
                .upserts([.user(EntryMaker.person(100 + page, "aaa\(page)"))]),
                .removed(.users, [EntryMaker.id(9 + page)]),
            ])
        } while cursor != nil
        #expect(seen == (10...39).map { "user\($0)" })
    }

    @Test("refuses a cursor that it did not give")
    func badCursor() async throws {
        for cursor in ["", "x", "e30", String(repeating: "A", count: 5000)] {
            await #expect(throws: UnknownCursor.self) { try await mirror.users(UserQuery(cursor: cursor)) }
        }
    }

    @Test("takes the signs of a pattern for themselves")
    func wildcards() async throws {
        try await fixture.fill(
            .people("100%", "a_b", #"c\d"#, "axb", "o'neil", "zoë").map { entry in
                guard case .user(var user) = entry else { return entry }
                user.displayName = nil
                user.email = nil
                return .user(user)
            }
        )
        #expect(try await search("%") == [])
        #expect(try await search("100%") == ["100%"])
        #expect(try await search("_") == [])
        #expect(try await search("a_") == ["a_b"])
        #expect(try await search(#"c\"#) == [#"c\d"#])
        #expect(try await search("O'N") == ["o'neil"])
        #expect(try await search("ZOË") == ["zoë"])
        #expect(try await search("zoe\u{308}") == ["zoë"])
        #expect(try await search("' OR 1=1 --") == [])
        #expect(try await search("  ") == [])
    }

    @Test("by text finds the beginnings of words in login, name and address")
    func words() async throws {
        var ada = EntryMaker.person(1, "al")
        ada.displayName = "Ada Byron-King  Lovelace"
        ada.email = "Countess@Example.org"
        try await fixture.fill([.user(ada), .user(EntryMaker.person(2, "bob"))])
        for text in ["al", "ADA", "ada byron", "king", "byron-k", "love ada", "countess@ex"] {
            #expect(try await search(text) == ["al"], "\(text)")
        }
        for text in ["ovelace", "da", "ada bob"] { #expect(try await search(text) == [], "\(text)") }
    }

    @Test("by state shows those in it")
    func states() async throws {
        var locked = EntryMaker.person(2, "bob")
        locked.account = AccountStatus(state: .locked, lock: .failedAttempts)
        try await fixture.fill(.people("ada") + [.user(locked)])
        #expect(try await mirror.users(UserQuery(state: .locked)).items.map(\.login) == ["bob"])
        #expect(try await mirror.users(UserQuery(state: .active)).items.map(\.login) == ["ada"])
    }

    @Test("of roles and of members goes by pages too")
    func roles() async throws {
        let people = (1...5).map { FedEntry.user(EntryMaker.person($0)) }
        let groups = (1...5).map { number in
            FedEntry.role(EntryMaker.group(number, "g\(number)", (1...5).map { EntryMaker.personKey("user\($0)") }))
        }
        try await fixture.fill(people + groups)
        let first = try await mirror.roles(limit: 3, after: nil)
        let second = try await mirror.roles(limit: 3, after: first.next)
        #expect((first.items + second.items).map(\.name) == ["g1", "g2", "g3", "g4", "g5"])
        #expect(second.next == nil && first.items.allSatisfy { $0.memberCount == 5 })
        let role = EntryMaker.id(1, .roles)
        let some = try await mirror.members(of: role, limit: 2, after: nil)
        let rest = try await mirror.members(of: role, limit: 10, after: some.next)
        #expect((some.items + rest.items).map(\.login) == (1...5).map { "user\($0)" })
        #expect(some.items.first?.roles == ["g1", "g2", "g3", "g4", "g5"])
    }
}
