import Audit
import Foundation
import Identity
import LatchkeyTesting
import SelfService
import Vault
import Testing

@Suite("Reports of registrations, and confirmations")
struct ReportTests {
    private func report(
        _ scene: ServiceScene,
        _ query: ReportQuery = ReportQuery(),
        by administrator: Administrator = .helper
    )
        async throws -> [RegistrationStanding]
    {
        try await scene.helpdesk.registrationReport(query, by: administrator).items
    }

    @Test("says of each who is registered, who can reset, who cannot and why")
    func standings() async throws {
        let scene = try ServiceScene(protectedRoles: ["bosses"])
        try await scene.registerAlice()
        scene.directory.add(ServiceScene.bob)
        scene.directory.add(ServiceScene.boss)
        var gone = ServiceScene.bob
        (gone.id, gone.login) = (EntryID(folding: [8]), "gone")
        gone.account = AccountStatus(state: .disabled)
        scene.directory.add(gone)
        let all = try await report(scene)
        #expect(all.map(\.user.login) == ["alice", "bob", "boss", "gone"])
        #expect(all.map(\.state) == [.complete, nil, nil, nil])
        #expect(all.map(\.canReset) == [true, false, false, false])
        #expect(
            all.map(\.reasons) == [
                [], ["not-registered"], ["account-protected", "not-registered"],
                ["account-disabled", "not-registered"],
            ]
        )
        #expect(try await report(scene, ReportQuery(state: .registered)).map(\.user.login) == ["alice"])
        #expect(
            try await report(scene, ReportQuery(role: "students", state: .incapable)).map(\.user.login) == [
                "bob", "gone",
            ]
        )
        #expect(try await scene.refusal { try await report(scene, ReportQuery(role: "kings")) }.code == .notFound)
    }

    @Test("tells what differs from the directory as codes, only of what was proven")
    func drift() async throws {
        let scene = try ServiceScene()
        #expect(try await report(scene).map(\.drift) == [[]])
        try await scene.registerAlice()
        #expect(try await report(scene).map(\.drift) == [[.email]])
        scene.directory.change(ServiceScene.alice.id) { $0.user.email = "Private@Example.NET" }
        #expect(try await report(scene).map(\.drift) == [[.email]], "the local part is the owner's")
        scene.directory.change(ServiceScene.alice.id) { $0.user.email = "private@EXAMPLE.net" }
        #expect(try await report(scene).map(\.drift) == [[]])
    }

    @Test("waits and lacks are told apart: cooling-off, too few gates, frozen")
    func reasons() async throws {
        var policy = ServiceScene.oneGate
        policy.resetGates = 2
        let scene = try ServiceScene(policies: [policy])
        let token = try await scene.signIn()
        try await scene.register(.email, "private@example.net", token: token)
        #expect(try await report(scene).map(\.reasons) == [["too-few-gates"]])
        scene.clock.advance(by: 1)
        try await scene.register(.mobilePhone, "+12025550142", token: token)
        #expect(try await report(scene).map(\.reasons) == [["cooling-off"]])
        _ = try await scene.helpdesk.freeze(login: "alice", reason: "x", by: .helper)
        #expect(try await report(scene).map(\.reasons) == [["frozen"]])
    }

    @Test("goes on page by page, and shows only who is in reach")
    func pages() async throws {
        let scene = try ServiceScene()
        scene.directory.add(ServiceScene.bob)
        scene.directory.add(ServiceScene.boss)
        var logins: [String] = []
        var query = ReportQuery(limit: 1)
        repeat {
            let page = try await scene.helpdesk.registrationReport(query, by: .helper)
            logins += page.items.map(\.user.login)
            query.cursor = page.next
        } while query.cursor != nil
        #expect(logins == ["alice", "bob", "boss"])
        let clerk = Administrator.with([.lookUp], over: .roles(["students"]))
        #expect(try await report(scene, by: clerk).map(\.user.login) == ["bob"])
        let other = try await scene.refusal { try await report(scene, by: .with([.unlock])) }
        #expect(other.code == .notPermitted)
    }

    @Test("a required confirmation is missing at the next sign-in until the person confirms")
    func confirmation() async throws {
        let scene = try ServiceScene()
        let early = try await scene.refusal {
            try await scene.helpdesk.requireConfirmation(of: "alice", reason: "x", by: .helper)
        }
        #expect(early.code == .wrongState)
        try await scene.registerAlice()
        _ = try await scene.helpdesk.requireConfirmation(of: "alice", reason: "moved", by: .helper)
        let token = try await scene.signIn()
        let view = try await scene.desk.registration(token: token, from: scene.portal)
        #expect(view.state == .reconfirm && view.missing.map(\.code) == ["confirmation"])
        #expect(try await scene.confirms(token: token).state == .complete)
        let event = try await scene.records().first { $0.action == .confirmationRequired }
        #expect(event?.details["why"] == "moved")
    }

    @Test("of a role everybody who is registered is meant, but for the protected and oneself")
    func role() async throws {
        let scene = try ServiceScene(protectedRoles: ["bosses"])
        var people = [ServiceScene.alice, ServiceScene.bob, ServiceScene.boss]
        people.append(User(id: EntryID(folding: [7]), dn: "uid=helper", login: "helper"))
        for person in people {
            var staff = person
            staff.roles.append("staff")
            scene.directory.add(staff, password: ServiceScene.password)
            try await scene.vault.markComplete(person.id, policy: "everybody", by: .daemon)
        }
        let page = try await scene.helpdesk.requireConfirmation(ofRole: "staff", after: nil, reason: "x", by: .helper)
        #expect(page == RequirementPage(required: 2, passedOver: 2, next: nil))
        for (person, isRequired) in zip(people, [true, true, false, false]) {
            #expect(try await (scene.stored(person.id).confirmationRequiredAt != nil) == isRequired)
        }
    }
}
