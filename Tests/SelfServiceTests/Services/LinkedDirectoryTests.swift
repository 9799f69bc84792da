import Audit
import Foundation
import Identity
import LatchkeyTesting
import SelfService
import Testing
import Vault

@Suite("A reset that is written to linked directories")
struct LinkedDirectoryTests {
    private let scene: ServiceScene
    private let first = ScriptedDirectory()
    private let second = ScriptedDirectory()
    private let desk: FrontDesk
    private let helpdesk: Helpdesk
    private let environment: ServiceEnvironment
    private let twin = User(id: EntryID(folding: [7]), dn: "cn=alice", login: "alice")

    init() async throws {
        scene = try ServiceScene()
        try await scene.registerAlice()
        var environment = scene.environment
        environment.linked = [
            LinkedDirectory(name: "ad", accounts: first), LinkedDirectory(name: "hr", accounts: second),
        ]
        self.environment = environment
        desk = FrontDesk(environment: environment)
        helpdesk = Helpdesk(environment: environment)
        for directory in [first, second] { directory.add(twin, password: ServiceScene.password) }
    }

    private func set(_ password: String = ServiceScene.newPassword) async throws -> WriteOutcome {
        try await desk.setPassword(Password(password), token: try await scene.provenReset(), from: scene.portal)
    }

    private func outcomes(_ outcome: WriteOutcome?) -> [String] {
        outcome?.linked.map { "\($0.name) \($0.outcome.result.rawValue) \($0.outcome.reason?.rawValue ?? "")" } ?? []
    }

    /// Directory and outcome of each password that the audit knows of, since the last registration.
    private func audited() async throws -> [String] {
        try await scene.vault.auditRecords(after: 0, limit: 1000).map(\.event)
            .filter { $0.action == .passwordWritten }
            .map { "\($0.details["directory"] ?? "main") \($0.result.rawValue) \($0.details["reason"] ?? "")" }
    }

    @Test("each is written in order, and each has its outcome and its record")
    func applied() async throws {
        let outcome = try await set()
        #expect(outcome.result == .applied && outcomes(outcome) == ["ad applied ", "hr applied "])
        for directory in [first, second] { #expect(directory.password(of: twin.id) == ServiceScene.newPassword) }
        #expect(try await audited() == ["main done ", "ad done ", "hr done "])
        #expect(try await scene.vault.unresolvedWrites().isEmpty)
    }

    @Test("none is written where the person's own directory refuses, or does not say")
    func firstRefuses() async throws {
        scene.directory.refuse(.passwordInHistory)
        let refused = try await scene.refusal { try await set() }
        #expect(refused.code == .passwordRefused)
        #expect(outcomes(refused.outcome) == ["ad refused not-attempted", "hr refused not-attempted"])
        scene.directory.refuse(nil)
        scene.directory.failWrites(with: DirectoryFailure(mayHaveWritten: true, detail: "lost"), applying: true)
        let unknown = try await scene.refusal { try await set() }
        #expect(unknown.outcome?.result == .unknown)
        for directory in [first, second] {
            #expect(directory.password(of: twin.id) == ServiceScene.password)
            #expect(!directory.calls.contains("write"))
        }
        // What became of the first is found out, and with it that the others were never written.
        scene.directory.failWrites(with: nil, applying: false)
        scene.clock.advance(by: 2000)
        #expect(try await recovered() == 0)
        #expect(
            try await Array(audited().suffix(3)) == [
                "main done ", "ad refused not-attempted", "hr refused not-attempted",
            ]
        )
    }

    @Test("a refusal in one keeps it from no other, and the person is told")
    func secondRefuses() async throws {
        first.refuse(.passwordInHistory)
        let outcome = try await set()
        #expect(outcome.result == .applied && outcomes(outcome) == ["ad refused password-in-history", "hr applied "])
        #expect(try await kept() == ["ad"])
    }

    @Test(
        "an account that is not its owner's to open is left as it is",
        arguments: [
            (AccountStatus(state: .disabled), "account-disabled"),
            (AccountStatus(state: .locked, lock: .administrator), "administrator-lock"),
            (AccountStatus(state: .expired), "account-expired"),
        ]
    )
    func closed(status: AccountStatus, reason: String) async throws {
        first.change(twin.id) { $0.user.account = status }
        let outcome = try await set()
        #expect(outcomes(outcome) == ["ad refused \(reason)", "hr applied "])
        #expect(first.password(of: twin.id) == ServiceScene.password && !first.calls.contains("write"))
        #expect(try await audited() == ["main done ", "ad refused \(reason)", "hr done "])
        #expect(try await kept() == ["ad"])
    }

    @Test("nobody of that login, several, and a directory that is away: nothing is written there")
    func matches() async throws {
        var other = twin
        other.id = EntryID(folding: [8])
        first.add(other, password: ServiceScene.password)
        second.change(twin.id) { $0.user.login = "somebody" }
        #expect(try await outcomes(set()) == ["ad refused account-ambiguous", "hr refused account-not-found"])
        #expect(try await kept() == ["ad"], "who has no account misses nothing")
        first.fail(with: DirectoryFailure(detail: "away"))
        #expect(try await outcomes(set()).first == "ad refused directory-unavailable")
    }

    @Test("what is protected by the directory's own rules is refused, whatever the person is elsewhere")
    func protected() async throws {
        first.add(twin, password: ServiceScene.password, isProtected: true)
        #expect(try await outcomes(set()) == ["ad refused account-protected", "hr applied "])
    }

    @Test("an answer that is lost is unknown there, and found out later", arguments: [true, false])
    func lost(happened: Bool) async throws {
        first.failWrites(with: DirectoryFailure(mayHaveWritten: true, detail: "lost"), applying: happened)
        #expect(try await outcomes(set()) == ["ad unknown ", "hr applied "])
        first.failWrites(with: nil, applying: false)
        #expect(try await recovered() == 1, "it may still be under way")
        scene.clock.advance(by: 2000)
        #expect(try await recovered() == 0)
        #expect(try await audited().last == (happened ? "ad done " : "ad refused not-attempted"))
        #expect(try await kept() == (happened ? [] : ["ad"]))
    }

    @Test("one that the configuration names no more leaves no intent behind for ever")
    func renamed() async throws {
        first.failWrites(with: DirectoryFailure(mayHaveWritten: true, detail: "lost"), applying: true)
        _ = try await set()
        scene.clock.advance(by: 2000)
        var other = environment
        other.linked = []
        let recovery = WriteRecovery(environment: other, startedAt: scene.clock.now)
        #expect(try await recovery.resolveAll() == 0)
        #expect(try await audited().last == "ad refused directory-unavailable")
    }

    @Test("an unlock opens the account in each, for the person and for the helpdesk", arguments: [true, false])
    func unlock(isOwn: Bool) async throws {
        let locked = AccountStatus(state: .locked, lock: .failedAttempts)
        for (directory, id) in [(scene.directory, ServiceScene.alice.id), (first, twin.id), (second, twin.id)] {
            directory.change(id) { $0.user.account = locked }
        }
        let outcome =
            isOwn
            ? try await desk.unlock(token: scene.provenReset(.unlock), from: scene.portal)
            : try await helpdesk.unlock(login: "alice", reason: "ticket 1", by: .helper)
        #expect(outcomes(outcome) == ["ad applied ", "hr applied "])
        for directory in [first, second] {
            #expect(try await directory.account(twin.id)?.user.account.lock == .unlocked)
            #expect(directory.password(of: twin.id) == ServiceScene.password)
        }
        #expect(try await kept() == [])
    }

    private func recovered() async throws -> Int {
        let start = scene.clock.now.addingTimeInterval(-100_000)
        return try await WriteRecovery(environment: environment, startedAt: start).resolveAll()
    }

    private func kept() async throws -> [String] {
        let mails = try await scene.vault.dueMessages(limit: 100).map(\.message).filter { $0.channel == .email }
        return mails.compactMap(\.content).filter { $0.topic == .passwordKept }.compactMap(\.text)
    }

    // MARK: Rules

    @Test("a rule that is known beforehand is shown as they type, and refused before anything is written")
    func rules() async throws {
        first.require(DirectoryPasswordRules(minimumLength: 30, isComplete: true))
        second.require(DirectoryPasswordRules(minimumLength: 10, isComplete: true))
        let token = try await scene.provenReset()
        let check = try await desk.checkPassword(Password(ServiceScene.newPassword), token: token, from: scene.portal)
        #expect(check.rules.contains { $0.text == "At least 30 characters." && !$0.satisfied })
        #expect(!check.isAcceptable && !check.isIncomplete)
        let refused = try await scene.refusal {
            try await desk.setPassword(Password(ServiceScene.newPassword), token: token, from: scene.portal)
        }
        #expect(refused.code == .passwordRefused && refused.outcome?.reason == .passwordTooShort)
        #expect(scene.directory.password(of: ServiceScene.alice.id) == ServiceScene.password)
        let long = "a brand new password of many, many letters"
        #expect(try await desk.setPassword(Password(long), token: token, from: scene.portal).result == .applied)
    }

    @Test(
        "a rule of a policy that may be another's is shown and refuses nothing; a directory that is away may have more"
    )
    func uncertain() async throws {
        var rules = DirectoryPasswordRules(minimumLength: 30)
        rules.isCertain = false
        first.require(rules)
        second.fail(with: DirectoryFailure(detail: "away"))
        let token = try await scene.provenReset()
        let check = try await desk.checkPassword(Password(ServiceScene.newPassword), token: token, from: scene.portal)
        #expect(!check.isAcceptable && check.isIncomplete)
        #expect(!second.calls.contains("match"), "nobody waits for it at each letter")
        let outcome = try await desk.setPassword(Password(ServiceScene.newPassword), token: token, from: scene.portal)
        #expect(outcomes(outcome) == ["ad applied ", "hr refused directory-unavailable"])
    }

    @Test("a minimum age there keeps nobody from their own directory")
    func tooYoung() async throws {
        var rules = DirectoryPasswordRules()
        rules.minimumAge = 86_400
        first.require(rules)
        first.change(twin.id) { [now = scene.clock.now] in $0.passwordChangedAt = now }
        #expect(try await outcomes(set()) == ["ad refused password-too-young", "hr applied "])
    }

    @Test("the helpdesk is told what would become of each")
    func explained() async throws {
        first.change(twin.id) { $0.user.account = AccountStatus(state: .locked, lock: .failedAttempts) }
        second.change(twin.id) { $0.user.login = "somebody" }
        let explanation = try await helpdesk.explain(login: "alice", by: .helper)
        let codes = explanation.findings.map(\.code).filter { $0.hasPrefix("linked-") }
        #expect(codes == ["linked-locked", "linked-account-not-found"])
        #expect(explanation.canReset, "and none of it stands in the way")
    }
}
