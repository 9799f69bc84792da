import Foundation
import Identity
import LatchkeyTesting
import Mirror
import Synchronizer
import Testing

@Suite("Since when addresses and numbers stand in the directory")
struct ContactTimesTests {
    @Test("is the time of the change of that value, and of nothing else")
    func change() async throws {
        let fixture = try MirrorFixture()
        let clock = fixture.clock
        var alice = EntryMaker.person(1, "alice")
        alice.mobilePhone = "+1 555 0100"
        alice.email = "alice@example.org"
        func apply() async throws -> ContactTimes? {
            _ = try await fixture.mirror.apply([.upserts([.user(alice)])])
            return try await fixture.mirror.contactTimes(of: alice.id)
        }
        #expect(try await apply() == ContactTimes(), "never known otherwise")
        clock.advance(by: 60)
        alice.displayName = "Alice Example"
        #expect(try await apply() == ContactTimes())
        alice.mobilePhone = "+1 555 0199"
        let moved = clock.now
        #expect(try await apply() == ContactTimes(mobilePhone: moved))
        clock.advance(by: 60)
        alice.login = "alicia"
        alice.email = "alicia@example.org"
        #expect(try await apply() == ContactTimes(email: clock.now, mobilePhone: moved))
        clock.advance(by: 60)
        alice.mobilePhone = nil
        alice.officePhone = "+1 555 0101"
        let last = try await apply()
        #expect(last?.mobilePhone == clock.now && last?.officePhone == clock.now)
    }
}
