import Identity
import LatchkeyTesting
import Mirror
import Synchronizer
import Testing

@Suite("A rename of somebody whom groups name")
struct RefintTests {
    let fixture: EngineFixture
    private let staff = EntryMaker.group(1, "staff", [EntryMaker.personKey("ada")])
    private let renamed = EntryMaker.person(1, "ada", dn: EntryMaker.dn("ada.lovelace"))

    init() throws { fixture = try EngineFixture(probing: true) }

    @Test("keeps the roles when the server rewrote the groups without a message")
    func withRefint() async throws {
        #expect(await fixture.live(.people("ada", "bob") + [.role(staff)]))
        #expect(try await fixture.mirror.user(login: "ada")?.roles == ["staff"])
        fixture.probe.set(renamed.dnKey, in: [staff.id])
        fixture.feed.send(.deliver(.upserts([.user(renamed)])))
        #expect(try await eventually { try await fixture.mirror.user(login: "ada")?.dn == renamed.dn })
        #expect(try await eventually { try await fixture.mirror.user(login: "ada")?.roles == ["staff"] })
        #expect(try await fixture.mirror.roles(named: "staff").first?.memberCount == 1)
        await fixture.stop()
    }

    @Test("loses the roles when the server left the groups as they were")
    func withoutRefint() async throws {
        #expect(await fixture.live(.people("ada", "bob") + [.role(staff)]))
        fixture.probe.set(EntryMaker.personKey("ada"), in: [staff.id])
        fixture.feed.send(.deliver(.upserts([.user(renamed)])))
        #expect(await eventually { !fixture.probe.asked.isEmpty })
        #expect(try await fixture.mirror.user(login: "ada")?.roles == [])
        #expect(Set(fixture.probe.asked[0].map(\.key)) == [EntryMaker.personKey("ada"), renamed.dnKey])
        await fixture.stop()
    }

    @Test("is asked about again with later contacts, since the server rewrites some time after it")
    func lateRefint() async throws {
        #expect(await fixture.live(.people("ada", "bob") + [.role(staff)]))
        fixture.probe.set(EntryMaker.personKey("ada"), in: [staff.id])
        fixture.feed.send(.deliver(.upserts([.user(renamed)])))
        #expect(await eventually { fixture.probe.asked.count == 1 })
        fixture.probe.set(EntryMaker.personKey("ada"), in: [])
        fixture.probe.set(renamed.dnKey, in: [staff.id])
        fixture.feed.send(.deliver(.contact))
        #expect(try await eventually { try await fixture.mirror.user(login: "ada")?.roles == ["staff"] })
        for _ in 1...8 {
            fixture.feed.send(.deliver(.contact))
        }
        fixture.feed.send(.deliver(.cookie(.users, SyncCookie(bytes: [7]))))
        #expect(try await eventually { try await fixture.mirror.state().cookies[.users] == SyncCookie(bytes: [7]) })
        #expect(fixture.probe.asked.count <= 4)
        await fixture.stop()
    }

    @Test("a removed member leaves the group that the server rewrote")
    func removal() async throws {
        #expect(await fixture.live(.people("ada", "bob") + [.role(staff)]))
        fixture.feed.send(.deliver(.removed(.users, [EntryMaker.id(1)])))
        #expect(await eventually { !fixture.probe.asked.isEmpty })
        // Somebody else gets the name: the membership is not inherited.
        fixture.feed.send(.deliver(.upserts([.user(EntryMaker.person(9, "ada"))])))
        #expect(try await eventually { try await fixture.mirror.user(login: "ada")?.id == EntryMaker.id(9) })
        #expect(try await fixture.mirror.user(login: "ada")?.roles == [])
        await fixture.stop()
    }
}
