import Audit
import Foundation
import Identity
import LatchkeyTesting
import SelfService
import Testing
import Vault

@Suite("Resets and unlocks")
struct ResetTests {
    private func setPassword(_ scene: ServiceScene, _ token: String) async throws -> WriteOutcome {
        try await scene.desk.setPassword(Password(ServiceScene.newPassword), token: token, from: scene.portal)
    }

    private func registered(_ policies: [Policy] = [ServiceScene.oneGate]) async throws -> ServiceScene {
        let scene = try ServiceScene(policies: policies, protectedRoles: ["admins"])
        if policies.contains(where: { $0.name == "staff" }) {
            scene.directory.change(ServiceScene.alice.id) { $0.user.roles = ["staff"] }
        }
        try await scene.registerAlice()
        return scene
    }

    @Test("two gates, then the password, once")
    func twoGates() async throws {
        let scene = try await registered([ServiceScene.twoGates])
        let (desk, portal) = (scene.desk, scene.portal)
        let started = try await desk.startReset(login: "alice", purpose: .reset, from: portal)
        #expect(started.reset.required == 2)
        for method in started.reset.methods {
            #expect(try await scene.refusal { try await setPassword(scene, started.token) }.code == .gatesOpen)
            try await scene.passGate(method.id, token: started.token)
        }
        #expect(try await setPassword(scene, started.token).result == .applied)
        #expect(scene.directory.password(of: ServiceScene.alice.id) == ServiceScene.newPassword)
        let again = try await scene.refusal { try await setPassword(scene, started.token) }
        #expect([.wrongState, .invalidToken].contains(again.code))
    }

    @Test("where the policy says so, another password is to be chosen at the next sign-in")
    func mustChange() async throws {
        var policy = ServiceScene.oneGate
        policy.mustChange = true
        let scene = try await registered([policy])
        let outcome = try await setPassword(scene, try await scene.provenReset())
        #expect(outcome.result == .applied && outcome.mustChange)
    }

    @Test("a password made of the person's own name is refused before the directory is asked")
    func ownName() async throws {
        let scene = try await registered()
        let token = try await scene.provenReset()
        let refusal = try await scene.refusal {
            try await scene.desk.setPassword(Password("Alice-ALICE-2026!"), token: token, from: scene.portal)
        }
        #expect(refusal.code == .passwordRefused && refusal.outcome?.reason == .passwordBlocked)
        #expect(scene.directory.password(of: ServiceScene.alice.id) == ServiceScene.password)
        #expect(try await setPassword(scene, token).result == .applied)
    }

    @Test("a password that the directory takes back is an incident: the person is told, the audit has it")
    func reverted() async throws {
        let scene = try await registered()
        scene.directory.change(ServiceScene.alice.id) { $0.marker.passwordChangedAt = "20260101000000Z" }
        #expect(try await setPassword(scene, try await scene.provenReset()).result == .applied)
        let watching = WriteWatching(environment: scene.environment)
        scene.clock.advance(by: 61)
        try await watching.look()
        scene.directory.change(ServiceScene.alice.id) { $0.marker.passwordChangedAt = "20260101000000Z" }
        scene.clock.advance(by: 600)
        // A directory that is away says nothing of it.
        scene.directory.fail(with: DirectoryFailure(detail: "away"))
        _ = try? await watching.look()
        scene.directory.fail(with: nil)
        try await watching.look()
        let records = try await scene.vault.auditRecords(after: 0, limit: 1000)
        #expect(records.count { $0.event.action == .passwordReverted } == 1)
        let told = try await scene.vault.dueMessages(limit: 100).compactMap(\.message.content?.topic)
        #expect(told.contains(.passwordReverted))
    }

    @Test("an email address starts a reset as the login does, unless several people share it")
    func byEmail() async throws {
        let scene = try await registered()
        let real = try await scene.desk.startReset(login: "alice", purpose: .reset, from: scene.portal).reset
        let byMail = try await scene.desk.startReset(login: "Alice@Example.org", purpose: .reset, from: scene.portal)
        #expect(byMail.reset.methods == real.methods)
        scene.directory.add(User(id: EntryID(folding: [2]), dn: "uid=b", login: "b", email: "alice@example.org"))
        let shared = try await scene.desk.startReset(login: "alice@example.org", purpose: .reset, from: scene.portal)
        #expect(shared.reset.methods.map(\.id) != real.methods.map(\.id))
    }

    @Test("nobody and somebody unregistered get decoys that cost the same calls and never pass")
    func decoys() async throws {
        let scene = try ServiceScene()
        for login in ["alice", "nobody"] {
            scene.directory.forgetCalls()
            let (desk, portal) = (scene.desk, scene.portal)
            let started = try await desk.startReset(login: login, purpose: .reset, from: portal)
            #expect(scene.directory.calls == ["account"])
            let method = try #require(started.reset.methods.first)
            let again = try await desk.startReset(login: login, purpose: .reset, from: portal)
            #expect(again.reset.methods == started.reset.methods)
            let challenge = try await desk.openResetChallenge(
                methodID: method.id,
                via: nil,
                token: started.token,
                from: portal
            )
            var codes: [ServiceError.Code] = []
            for _ in 0..<6 {
                let code = scene.lastCode
                let error = try await scene.refusal {
                    try await desk.answerResetChallenge(
                        challenge.challenge.id,
                        .code(code),
                        token: started.token,
                        from: portal
                    )
                }
                codes.append(error.code)
            }
            #expect(codes.prefix(5).allSatisfy { $0 == .wrongCode })
            #expect(codes.last != .wrongCode)
            #expect(try await scene.refusal { try await setPassword(scene, started.token) }.code == .gatesOpen)
        }
    }

    @Test("a front end that may see the truth is told it")
    func disclosed() async throws {
        let scene = try ServiceScene()
        let trusted = Caller(frontend: "portal", maySeeTruth: true)
        let error = try await scene.refusal {
            try await scene.desk.startReset(login: "nobody", purpose: .reset, from: trusted)
        }
        #expect(error.code == .notPermitted)
    }

    @Test(
        "whoever must not be written is told so after the gates, and nothing is written",
        arguments: [
            (AccountStatus(state: .locked, lock: .administrator), [], RefusalReason.administratorLock),
            (AccountStatus(state: .disabled), [], .accountDisabled),
            (AccountStatus(state: .expired), [], .accountExpired),
            (AccountStatus(state: .active), ["admins"], .accountProtected),
        ]
    )
    func refused(account: AccountStatus, roles: [String], reason: RefusalReason) async throws {
        let scene = try await registered()
        scene.directory.change(ServiceScene.alice.id) {
            $0.user.account = account
            $0.user.roles = roles
        }
        for purpose in [ResetPurpose.reset, .unlock] {
            let token = try await scene.provenReset(purpose)
            scene.directory.forgetCalls()
            let error = try await scene.refusal {
                switch purpose {
                case .reset: try await setPassword(scene, token)
                case .unlock: try await scene.desk.unlock(token: token, from: scene.portal)
                }
            }
            #expect(error.outcome?.reason == reason)
            #expect(scene.directory.calls == ["account"])
        }
    }

    @Test("a session for one purpose does not serve the other")
    func purpose() async throws {
        let scene = try await registered()
        let unlocking = try await scene.provenReset(.unlock)
        let resetting = try await scene.provenReset(.reset)
        #expect(try await scene.refusal { try await setPassword(scene, unlocking) }.code == .wrongState)
        let error = try await scene.refusal { try await scene.desk.unlock(token: resetting, from: scene.portal) }
        #expect(error.code == .wrongState)
    }

    @Test("a refused password leaves the session usable, an applied one ends every other session")
    func refusedThenApplied() async throws {
        let scene = try await registered()
        let signedIn = try await scene.signIn()
        let token = try await scene.provenReset()
        scene.directory.refuse(.passwordInHistory)
        let refused = try await scene.refusal { try await setPassword(scene, token) }
        #expect(refused.code == .passwordRefused)
        #expect(refused.outcome?.reason == .passwordInHistory)
        scene.directory.refuse(nil)
        #expect(try await setPassword(scene, token).result == .applied)
        let dead = try await scene.refusal { try await scene.desk.registration(token: signedIn, from: scene.portal) }
        #expect(dead.code == .invalidToken)
    }

    @Test("a method added to a complete registration may not reset before its cooling-off is over")
    func coolingOff() async throws {
        let scene = try ServiceScene()
        let token = try await scene.signIn()
        try await scene.register(.email, "private@example.net", token: token)
        scene.clock.advance(by: 60)
        try await scene.register(.mobilePhone, "+12025550142", token: token)
        func kinds() async throws -> [MethodKind] {
            try await scene.desk.startReset(login: "alice", purpose: .reset, from: scene.portal).reset.methods.map(
                \.kind
            )
        }
        #expect(try await kinds() == [.email])
        scene.clock.advance(by: 3600)
        #expect(Set(try await kinds()) == [.email, .mobilePhone])
    }

    @Test("a role that came since, with a policy that asks for more, ends the session")
    func strongerPolicy() async throws {
        let scene = try await registered()
        let token = try await scene.provenReset()
        _ = try await setPassword(scene, token)
        let both = try ServiceScene(policies: [ServiceScene.twoGates, ServiceScene.oneGate])
        try await both.registerAlice()
        let weak = try await both.provenReset()
        both.directory.change(ServiceScene.alice.id) { $0.user.roles = ["staff"] }
        #expect(try await both.refusal { try await setPassword(both, weak) }.code == .invalidToken)
    }
}

@Suite("Writes that nobody knows the outcome of")
struct UnknownWriteTests {
    @Test("a lost answer is unknown, and the directory tells later what became of it", arguments: [true, false])
    func lostAnswer(happened: Bool) async throws {
        let scene = try ServiceScene()
        try await scene.registerAlice()
        let token = try await scene.provenReset()
        let started = scene.clock.now
        scene.directory.failWrites(with: DirectoryFailure(mayHaveWritten: true, detail: "lost"), applying: happened)
        let error = try await scene.refusal {
            try await scene.desk.setPassword(Password(ServiceScene.newPassword), token: token, from: scene.portal)
        }
        #expect(error.outcome?.result == .unknown)
        #expect(try await scene.vault.unresolvedWrites().count == 1)
        scene.directory.failWrites(with: nil, applying: false)
        scene.clock.advance(by: 400)
        let recovery = WriteRecovery(environment: scene.environment, startedAt: started)
        #expect(try await recovery.resolveAll() == 0)
        let last = try #require(try await scene.vault.auditRecords(after: 0, limit: 1000).last)
        #expect(last.event.action == .passwordWritten)
        #expect(last.event.result == (happened ? .done : .refused))
        #expect(try await scene.vault.verifyAudit().isIntact)
    }

    @Test("a write under way is not resolved by others")
    func underWay() async throws {
        let scene = try ServiceScene()
        try await scene.registerAlice()
        let account = try #require(try await scene.directory.account(ServiceScene.alice.id))
        _ = try await scene.vault.beginWrite(
            .unlock,
            of: account.user.id,
            in: nil,
            before: account.marker,
            by: .daemon
        )
        let recovery = WriteRecovery(environment: scene.environment, startedAt: scene.clock.now)
        scene.clock.advance(by: 60)
        #expect(try await recovery.resolveAll() == 1)
    }

    @Test("a directory that is away before the write leaves the session usable")
    func awayBefore() async throws {
        let scene = try ServiceScene()
        try await scene.registerAlice()
        let token = try await scene.provenReset()
        scene.directory.failWrites(with: DirectoryFailure(detail: "away"), applying: false)
        let error = try await scene.refusal {
            try await scene.desk.setPassword(Password(ServiceScene.newPassword), token: token, from: scene.portal)
        }
        #expect(error.code == .directoryUnavailable)
        scene.directory.failWrites(with: nil, applying: false)
        let outcome = try await scene.desk.setPassword(
            Password(ServiceScene.newPassword),
            token: token,
            from: scene.portal
        )
        #expect(outcome.result == .applied)
    }
}
