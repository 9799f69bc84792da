import Foundation
import LatchkeyTesting
import LocalAPI
import LocalClient
import Testing

/// P1, with the example policies as they are shipped: what its administrators do.
@Suite("P1: the university's helpdesk")
struct UniversityOfficeTests {
    private static let address = "carol.private@mail.example"
    private static let number = "+12025550142"

    /// root is the helpdesk; bin is an administrator, and a person of the directory as well.
    private static func withService(
        coolingOff: String = "24h",
        _ body: (SlapdFixture, DaemonFixture) async throws -> Void
    ) async throws {
        try await withSlapd { slapd in
            try await slapd.add(SlapdContent.person("bin", below: slapd.suffix, passwordHash: SlapdFixture.password))
            var options = try ExampleService.university.options
            options.policies.replace("coolingOff: 24h", with: "coolingOff: \(coolingOff)")
            options.sections = """
                administrators:
                  - { user: root, may: [look-up, unlock, send-reset, issue-pass, edit-methods, audit] }
                  - { user: bin, may: [all] }
                """
            try await withDaemon(slapd, options) { daemon in try await body(slapd, daemon) }
        }
    }

    /// The policy's cooling-off aside, in which an office phone resets nothing.
    @Test("an office phone counts when the helpdesk sets it, and is called with its extension")
    func officePhone() async throws {
        try await Self.withService(coolingOff: "0s") { _, daemon in
            let portal = daemon.portal
            let token = try await portal.signIn("bob").token
            let entered = try await daemon.control(
                ["methods", "add", "bob", "office-phone", "+12025550199", "--extension", "7", "--reason", "new desk"]
            )
            #expect(entered.output == "Entered. bob was told.\n", "\(entered.errors)")
            let one = try await portal.registration(token)
            #expect(one.state == "incomplete" && one.missing.map(\.code) == ["methods"])
            try await portal.register("mobile-phone", Self.number, token: token)
            let two = try await portal.registration(token)
            let office = try #require(two.methods.first { $0.kind == "office-phone" && $0.state == "verified" })
            #expect(two.state == "complete" && office.via == ["call"])
            let path = Routes.fill(Routes.Frontend.method, office.id)
            let removal = try await portal.problem("DELETE", path, token: token)
            #expect(removal.status == 403 && removal.detail.contains("administrator"))
            try await resetsByCall(office.id, daemon)
        }
    }

    private func resetsByCall(_ office: String, _ daemon: DaemonFixture) async throws {
        let portal = daemon.portal
        let reset = try await portal.startReset("bob")
        let token = try #require(reset.token)
        let newest = daemon.spool.newest
        let challenge = try await portal.challenge(office, token: token)
        let call = try await daemon.spool.message(after: newest)
        #expect(call.kind == "voice" && call.to == "+12025550199" && call.extension == "7")
        #expect(try await portal.press("#", in: try #require(call.callId)) == 422, "a key pressed half asleep")
        #expect(try await portal.press(try #require(challenge.number), in: try #require(call.callId)) == 204)
        let phone = try #require(reset.methods.first { $0.kind == "mobile-phone" })
        #expect(try await portal.pass(phone.id, token: token).gates.passed == 2)
        #expect(try await portal.setPassword("a new and longer one", token: token).outcome == "applied")
    }

    @Test("an address that the helpdesk enters is a candidate, until its code was answered")
    func candidate() async throws {
        try await Self.withService { _, daemon in
            let portal = daemon.portal
            let add = ["methods", "add", "carol", "email", Self.address, "--reason", "by phone"]
            #expect(try await daemon.control(add).output == "Entered. It counts once carol has proven it.\n")
            let token = try await portal.signIn("carol").token
            try await portal.register("mobile-phone", Self.number, token: token)
            let before = try await portal.registration(token)
            #expect(before.state == "incomplete")
            let candidate = try #require(
                before.methods.first { $0.kind == "email" && $0.value == Self.address && $0.state == "candidate" }
            )
            #expect(try await daemon.control("registration", "report", "--state", "capable").output == "Nobody.\n")
            let newest = daemon.spool.newest
            try await portal.verify(candidate.id, token: token)
            let sent = try daemon.spool.messages().dropFirst(newest).filter { $0.code != nil }
            #expect(sent.map(\.to) == [Self.address])
            #expect(try await portal.registration(token).state == "complete")
            let capable = try await daemon.control("registration", "report", "--state", "capable", "--csv")
            #expect(capable.output.contains("carol,Carol Example,complete,members,2,true,true,,"))
        }
    }

    @Test(
        "what was registered is to be confirmed after a time, and a confirmation ends it until the time is over again"
    )
    func reconfirmation() async throws {
        // What was proven is as old as it is: only the registration becomes older.
        try await Self.withService(coolingOff: "0s") { _, daemon in
            let portal = daemon.portal
            try await portal.enrol("carol", address: Self.address, number: Self.number)
            try await passes(179, days: daemon)
            #expect(try await portal.signIn("carol").registration.state == "complete")
            try await passes(2, days: daemon)
            let token = try await portal.signIn("carol").token
            let due = try await portal.registration(token)
            #expect(due.registered && due.missing.map(\.code) == ["confirmation"])
            // Nothing is lost by being late: the methods still count.
            #expect(try await portal.startReset("carol").methods.count == 2)
            let report = try await daemon.control("registration", "report", "--state", "reconfirm", "--csv")
            #expect(report.output.contains("carol,Carol Example,reconfirm,members,2,true,true,confirmation,"))
            let confirmed = try await confirms(token, portal)
            #expect(confirmed.state == "complete" && confirmed.missing.isEmpty)
            try await passes(181, days: daemon)
            #expect(try await portal.signIn("carol").registration.state == "reconfirm")
        }
    }

    /// With a proof by something that is registered; the password alone does not make the reminder go away.
    private func confirms(_ token: String, _ portal: PortalClient) async throws -> RegistrationDocument {
        let path = Routes.Frontend.confirmations
        #expect(try await portal.problem("POST", path, token: token).code == "fresh-proof-required")
        let own = try #require(try await portal.registration(token).methods.first { $0.state == "verified" })
        try await portal.verify(own.id, token: token)
        return try await portal.call(RegistrationDocument.self, "POST", path, token: token)
    }

    private func passes(_ count: Int, days daemon: DaemonFixture) async throws {
        await daemon.stop()
        try await daemon.backdateRegistrations(days: count)
        try await daemon.start()
    }

    @Test("the helpdesk can want a confirmation of somebody at once, and of a role")
    func required() async throws {
        try await Self.withService { _, daemon in
            let portal = daemon.portal
            let nothing = try await daemon.control("registration", "require", "carol", "--reason", "moved")
            #expect(nothing.status == 1 && nothing.errors.contains("not complete"))
            try await portal.enrol("carol", address: Self.address, number: Self.number)
            try await portal.enrol("alice", address: "alice.private@mail.example", number: "+12025550143")
            let one = try await daemon.control("registration", "require", "carol", "--reason", "moved")
            #expect(one.status == 0, "\(one.errors)")
            for (login, state) in [("carol", "reconfirm"), ("alice", "complete")] {
                #expect(try await portal.signIn(login).registration.state == state)
            }
            let role = try await daemon.control("registration", "require", "--role", "all", "--reason", "yearly review")
            #expect(role.output.hasPrefix("2 to be confirmed"), "\(role.output)\(role.errors)")
            for login in ["carol", "alice"] {
                let token = try await portal.signIn(login).token
                let before = try await portal.registration(token)
                #expect(before.state == "reconfirm" && before.missing.map(\.code) == ["confirmation"])
                let after = try await confirms(token, portal)
                #expect(after.state == "complete")
            }
            #expect(try await daemon.control("registration", "report", "--state", "reconfirm").output == "Nobody.\n")
            let reasons = try await daemon.records(of: "registration.confirmation-required").compactMap {
                $0.details["why"]
            }
            #expect(Set(reasons) == ["moved", "yearly review"])
        }
    }

    @Test("no administrator acts on themselves, by any verb")
    func oneself() async throws {
        try await Self.withService { _, daemon in
            let portal = daemon.portal
            try await portal.enrol("bin", address: "bin.private@mail.example", number: Self.number)
            let tables = ["method", "registration", "approval"]
            let rows = try await VaultRows(tables, of: daemon)
            let verbs = [
                ["methods", "add", "bin", "office-phone", "+12025550199"], ["methods", "remove", "bin", "--all"],
                ["methods", "list", "bin", "--reveal"], ["passes", "issue", "bin"], ["passes", "revoke", "bin"],
                ["freeze", "set", "bin"], ["freeze", "lift", "bin"], ["registration", "require", "bin"],
                ["unlock", "bin"], ["vault", "export-user", "bin"], ["vault", "erase-user", "bin", "--yes"],
            ]
            for verb in verbs {
                let outcome = try await daemon.control(as: 2, verb + ["--reason", "why not"])
                #expect(outcome.status == 1 && outcome.errors.contains("Nobody acts on"), "\(verb): \(outcome)")
                #expect(!outcome.output.contains("private") && !outcome.output.contains("0142"))
            }
            #expect(try await VaultRows(tables, of: daemon).difference(from: rows) == [])
            // Somebody else may.
            #expect(try await daemon.control("passes", "issue", "bin", "--reason", "id card").status == 0)
        }
    }
}
