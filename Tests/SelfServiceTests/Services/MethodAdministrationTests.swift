import Audit
import Foundation
import Identity
import LatchkeyTesting
import SelfService
import Testing

@Suite("Methods that administrators enter, show and remove")
struct MethodAdministrationTests {
    private static let phones = Policy(
        name: "everybody",
        methods: [
            AllowedMethod(.email), AllowedMethod(.mobilePhone), AllowedMethod(.officePhone),
            AllowedMethod(.authenticator), AllowedMethod(.accessPass),
        ],
        register: .init(minimum: 1),
        resetGates: 1,
        coolingOff: 3600
    )
    private static let clerk = Administrator.with([.lookUp, .editMethods, .import])

    private func scene(_ policy: Policy = phones) throws -> ServiceScene { try ServiceScene(policies: [policy]) }

    @Test("what is entered is a candidate, and the person is told wherever something was proven")
    func candidate() async throws {
        let scene = try scene()
        try await scene.registerAlice()
        #expect(try await scene.add(.mobilePhone, "+1 202 555 0177").value == .added)
        let entered = try #require(try await scene.stored().methods.last)
        #expect(entered.state == .candidate && entered.source == .administrator && entered.value == ServiceScene.value)
        #expect(try await scene.notices().sorted() == ["+12025550142", "private@example.net"])
        let event = try await scene.records().last { $0.action == .methodAdded }
        #expect(event?.details["why"] == "ticket" && event?.actor == .administrator(uid: 1000))
    }

    @Test("an office phone counts at once, with its extension, and waits for the cooling-off where others count")
    func officePhone() async throws {
        let scene = try scene()
        try await scene.registerAlice()
        scene.clock.advance(by: 60)
        #expect(try await scene.add(.officePhone, "+12025550100", extension: "12").value == .added)
        let entered = try #require(try await scene.stored().methods.last)
        #expect(entered.state == .verified && entered.value == "+12025550100;ext=12")
        let view = try await scene.helpdesk.methods(of: "alice", by: .helper).last
        #expect(view?.usableFrom == scene.clock.now.addingTimeInterval(3600))
    }

    @Test("an office phone that a helper enters for somebody with nothing else resets nobody before the cooling-off")
    func officePhoneAlone() async throws {
        let scene = try scene()
        _ = try await scene.add(.officePhone, "+12025550100")
        #expect(try await !scene.helpdesk.explain(login: "alice", by: .helper).canReset)
        scene.clock.advance(by: 3600)
        #expect(try await scene.helpdesk.explain(login: "alice", by: .helper).canReset)
    }

    @Test("a candidate replaces the one that was entered before, and keeps its id")
    func replaced() async throws {
        let scene = try scene()
        _ = try await scene.add(.email, "one@example.net")
        let first = try #require(try await scene.stored().methods.first)
        _ = try await scene.add(.email, "two@example.net")
        let methods = try await scene.stored().methods
        #expect(methods.map(\.value) == ["two@example.net"] && methods.map(\.id) == [first.id])
    }

    @Test("nobody without reveal can find out a value by entering it: all that is shown stays the same")
    func noOracle() async throws {
        var pictures: [[String]] = []
        for guess in ["+12025550142", "+12025550942"] {
            let scene = try scene()
            try await scene.registerAlice()
            let result = try await scene.add(.mobilePhone, guess, by: Self.clerk).value
            let views = try await scene.helpdesk.methods(of: "alice", by: Self.clerk)
            let again = try await scene.add(.mobilePhone, guess, by: Self.clerk).value
            let later = try await scene.helpdesk.methods(of: "alice", by: Self.clerk)
            let csv = "login,kind,value\nalice,mobile-phone,\(guess)"
            let report = try await scene.helpdesk.importMethods(
                ImportRequest(csv: csv, reason: "x"),
                by: Self.clerk
            )
            pictures.append(
                ["\(String(describing: result))", "\(String(describing: again))", "\(report)"]
                    + (views + later).map { "\($0.method.kind) \($0.method.hint) \($0.method.state)" }
            )
        }
        #expect(pictures[0] == pictures[1])
    }

    @Test("who may reveal is told what is there already, and nothing changes")
    func present() async throws {
        let scene = try scene()
        try await scene.registerAlice()
        let before = try await scene.stored()
        #expect(try await scene.add(.mobilePhone, "+12025550142").value == .present)
        #expect(try await scene.stored() == before)
        #expect(try await scene.notices().isEmpty)
    }

    @Test("a candidate of what was proven before counts once when it is proven again")
    func double() async throws {
        var policy = Self.phones
        policy.register.minimum = 2
        let scene = try scene(policy)
        let token = try await scene.signIn()
        try await scene.register(.email, "private@example.net", token: token)
        _ = try await scene.add(.email, "private@example.net", by: Self.clerk)
        let candidate = try #require(try await scene.stored().methods.last)
        #expect(candidate.state == .candidate)
        try await scene.prove(candidate.id, token: token)
        let methods = try await scene.stored().methods
        #expect(methods.count == 1 && methods.allSatisfy { $0.isDefault && $0.state == .verified })
        #expect(try await scene.stored().completedAt == nil)
    }

    @Test(
        "what is no value, no kind of values, or not offered is refused, and the value is not repeated",
        arguments: [
            (MethodKind.email, "secret value@x", "address"), (.mobilePhone, "0170 secret", "number"),
            (.authenticator, "secret", "kind"), (.alternatePhone, ServiceScene.value, "kind"),
            (.accessPass, "secret", "kind"),
        ]
    )
    func invalid(kind: MethodKind, value: String, field: String) async throws {
        let scene = try scene()
        let error = try await scene.refusal { try await scene.add(kind, value) }
        #expect(error.code == .invalidValue && error.field == field)
        #expect(!error.detail.contains("secret") && !error.detail.contains(ServiceScene.value))
        #expect(try await scene.stored().methods.isEmpty)
    }

    // MARK: Showing

    @Test("values are shown to who may reveal, with a reason, on the record; secrets never")
    func reveal() async throws {
        let scene = try scene()
        try await scene.registerAlice()
        let refused = try await scene.refusal {
            try await scene.helpdesk.revealMethods(of: "alice", reason: "x", by: Self.clerk)
        }
        #expect(refused.code == .notPermitted)
        let views = try await scene.helpdesk.revealMethods(of: "alice", reason: "which?", by: .helper).value
        #expect(views?.map(\.showsValue) == [true, true])
        let event = try await scene.records().last
        #expect(event?.action == .methodsRevealed && event?.details["why"] == "which?")
        #expect(event?.subject == ServiceScene.alice.id)
    }

    // MARK: Removing

    @Test("after all was removed, sessions are over, and a first registration begins as the policy says")
    func removeAll() async throws {
        let scene = try scene()
        try await scene.registerAlice()
        let token = try await scene.signIn()
        let reset = try await scene.desk.startReset(login: "alice", purpose: .reset, from: scene.portal)
        #expect(
            try await scene.helpdesk.removeMethods(of: "alice", id: nil, reason: "lost", by: .helper).value == 2
        )
        #expect(try await scene.notices().sorted() == ["+12025550142", "private@example.net"])
        let stored = try await scene.stored()
        #expect(stored.methods.isEmpty && stored.completedAt == nil)
        let dead = try await scene.refusal { try await scene.desk.registration(token: token, from: scene.portal) }
        #expect(dead.code == .invalidToken)
        let over = try await scene.refusal { try await scene.desk.reset(token: reset.token, from: scene.portal) }
        #expect(over.code == .invalidToken)
        let anew = try await scene.signIn()
        try await scene.register(.email, "new@example.net", token: anew)
        #expect(try await scene.helpdesk.explain(login: "alice", by: .helper).canReset, "without cooling-off")
    }

    @Test("who lost an app gets rid of that alone: the rest stands, and only a proof by the rest adds a new one")
    func removeOne() async throws {
        let scene = try scene()
        try await scene.registerAlice()
        let phone = try #require(try await scene.stored().methods.last)
        let other = try await scene.refusal {
            try await scene.helpdesk.removeMethods(of: "alice", id: "nothing", reason: "x", by: .helper)
        }
        #expect(other.code == .notFound)
        _ = try await scene.helpdesk.removeMethods(of: "alice", id: phone.id, reason: "lost", by: .helper)
        let stored = try await scene.stored()
        #expect(stored.methods.map(\.kind) == [.email] && stored.completedAt != nil)
        let token = try await scene.signIn()
        let thief = try await scene.refusal { try await scene.add(.mobilePhone, ServiceScene.value, token: token) }
        #expect(thief.code == .freshProofRequired)
    }

    @Test("with `enrol: pass` a thief of the password gains nothing from a removal, and the pass opens the way")
    func removeUnderPass() async throws {
        var policy = Self.phones
        policy.enrolment = .pass
        let scene = try scene(policy)
        _ = try await scene.helpdesk.removeMethods(of: "alice", id: nil, reason: "lost", by: .helper)
        let thief = try await scene.signIn()
        let refused = try await scene.refusal { try await scene.add(.email, "thief@example.net", token: thief) }
        #expect(refused.code == .freshProofRequired)
        let issued = try await scene.helpdesk.issuePass(to: "alice", lifetime: nil, reason: "id card", by: .helper)
        let pass = try #require(issued.value)
        let token = try await scene.desk.signIn(login: "alice", accessPass: pass.pass, from: scene.portal).token
        try await scene.register(.email, "new@example.net", token: token)
        let again = try await scene.refusal {
            try await scene.desk.signIn(login: "alice", accessPass: pass.pass, from: scene.portal)
        }
        #expect(again.code == .signInRefused, "once")
    }

    // MARK: Passes and freezes

    @Test("a pass lives an hour, replaces the one before, is told, and is revoked")
    func pass() async throws {
        let scene = try scene()
        try await scene.registerAlice()
        func issue() async throws -> IssuedPass {
            let outcome = try await scene.helpdesk.issuePass(to: "alice", lifetime: nil, reason: "x", by: .helper)
            return try #require(outcome.value)
        }
        func use(_ pass: IssuedPass) async throws -> String {
            try await scene.desk.signIn(login: "alice", accessPass: pass.pass, from: scene.portal).token
        }
        let first = try await issue()
        #expect(first.expiresAt == scene.clock.now.addingTimeInterval(3600))
        #expect(try await scene.notices().count == 2)
        let second = try await issue()
        #expect(try await scene.refusal { try await use(first) }.code == .signInRefused)
        #expect(try await scene.helpdesk.revokePass(of: "alice", reason: "x", by: .helper).value == true)
        #expect(try await scene.refusal { try await use(second) }.code == .signInRefused)
        let third = try await issue()
        scene.clock.advance(by: 3600)
        #expect(try await scene.refusal { try await use(third) }.code == .signInRefused)
        let long = try await scene.refusal {
            try await scene.helpdesk.issuePass(to: "alice", lifetime: 31 * 86400, reason: "x", by: .helper)
        }
        #expect(long.field == "lifetime")
    }

    @Test("a freeze ends the pass and lets no other be issued, until it is lifted")
    func freeze() async throws {
        let scene = try scene()
        let issued = try await scene.helpdesk.issuePass(to: "alice", lifetime: nil, reason: "x", by: .helper)
        let pass = try #require(issued.value)
        _ = try await scene.helpdesk.freeze(login: "alice", reason: "odd calls", by: .helper)
        let used = try await scene.refusal {
            try await scene.desk.signIn(login: "alice", accessPass: pass.pass, from: scene.portal)
        }
        #expect(used.code == .signInRefused)
        #expect(try await scene.helpdesk.frozenPeople(by: .helper).map(\.login) == ["alice"])
        let other = try await scene.refusal {
            try await scene.helpdesk.issuePass(to: "alice", lifetime: nil, reason: "x", by: .helper)
        }
        #expect(other.code == .wrongState)
        #expect(try await scene.helpdesk.liftFreeze(login: "alice", reason: "called", by: .helper).value == true)
        #expect(try await scene.helpdesk.liftFreeze(login: "alice", reason: "called", by: .helper).value == false)
    }
}
