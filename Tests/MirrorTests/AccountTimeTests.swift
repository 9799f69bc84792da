import Foundation
import Identity
import LatchkeyTesting
import Mirror
import Synchronizer
import Testing

@Suite("An account that time changes")
struct AccountTimeTests {
    let fixture: MirrorFixture
    var mirror: MirrorDatabase { fixture.mirror }
    private var now: Date { fixture.clock.now }

    init() throws { fixture = try MirrorFixture() }

    private func fill(_ account: AccountStatus) async throws {
        var ada = EntryMaker.person(1, "ada")
        ada.account = account
        try await fixture.fill([.user(ada)])
    }

    private func state() async throws -> AccountStatus.State {
        let state = try #require(try await mirror.user(login: "ada")).account.state
        // The list by state agrees with the person.
        for other in AccountStatus.State.allCases {
            let listed = try await mirror.users(UserQuery(state: other)).items.map(\.login)
            #expect(listed == (other == state ? ["ada"] : []), "\(other)")
        }
        return state
    }

    @Test("by failed attempts opens when its time is over, and not a second before")
    func lockEnds() async throws {
        let times = AccountTimes(lockEnds: now + 60)
        try await fill(AccountStatus(state: .locked, lock: .failedAttempts, since: now, times: times))
        fixture.clock.advance(by: 59)
        #expect(try await state() == .locked)
        fixture.clock.advance(by: 1)
        #expect(try await state() == .active)
        let account = try #require(try await mirror.user(login: "ada")).account
        #expect(account.lock == .unlocked && account.since == nil)
        #expect(mirror.generation == 1)
    }

    @Test("by an administrator never opens by itself")
    func administrator() async throws {
        try await fill(AccountStatus(state: .locked, lock: .administrator, times: AccountTimes(lockEnds: now - 1)))
        #expect(try await state() == .locked)
    }

    @Test("expires when its time has come, whether locked, disabled or neither")
    func ends() async throws {
        for base in [AccountStatus.State.active, .locked, .disabled] {
            try await fill(AccountStatus(state: base, times: AccountTimes(ends: now + 60)))
            #expect(try await state() == base)
            fixture.clock.advance(by: 60)
            #expect(try await state() == .expired)
            #expect(try await mirror.user(login: "ada")?.account.since == now)
        }
    }

    @Test("begins when its time has come, and is locked then if it still is", arguments: [nil, 30, 600] as [Double?])
    func starts(lock: Double?) async throws {
        let times = AccountTimes(lockEnds: lock.map { now + $0 }, starts: now + 60)
        try await fill(AccountStatus(state: .disabled, lock: lock == nil ? .unlocked : .failedAttempts, times: times))
        #expect(try await state() == .disabled)
        fixture.clock.advance(by: 60)
        #expect(try await state() == (lock == 600 ? .locked : .active))
    }

    @Test("and was deleted stays deleted")
    func deleted() async throws {
        try await fill(AccountStatus(state: .active, times: AccountTimes(ends: now + 60)))
        _ = try await mirror.apply([.removed(.users, [EntryMaker.id(1)])])
        fixture.clock.advance(by: 60)
        #expect(try await mirror.user(id: EntryMaker.id(1))?.account.state == .deleted)
    }

    @Test("is written again when only its times change, and not when they are the same")
    func times() async throws {
        try await fill(AccountStatus(state: .active, times: AccountTimes(ends: now + 60)))
        var ada = EntryMaker.person(1, "ada")
        ada.account = AccountStatus(state: .active, times: AccountTimes(ends: now + 600))
        #expect(try await mirror.apply([.upserts([.user(ada)])]).changed == 1)
        #expect(try await mirror.apply([.upserts([.user(ada)])]).changed == 0)
        fixture.clock.advance(by: 60)
        #expect(try await state() == .active)
    }
}
