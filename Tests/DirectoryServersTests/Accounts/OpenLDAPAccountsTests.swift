import DirectoryServers
import Identity
import LatchkeyTesting
import SelfService
import Testing

@Suite("OpenLDAP: binds and live reads")
struct OpenLDAPAccountsTests {
    private func with(
        _ options: SlapdOptions = SlapdOptions(),
        _ login: String = "alice",
        _ body: (Someone) async throws -> Void
    ) async throws {
        try await withSlapd(options) { slapd in
            try await body(Someone(login, on: slapd, .of(slapd)))
        }
    }

    @Test("a right password is right, a wrong one and nobody's are refused alike")
    func verify() async throws {
        try await with { (alice) async throws in
            let user = try await alice.account().user
            #expect(try await alice.accounts.verify(Password(SlapdFixture.password), of: user) == .right)
            #expect(try await alice.accounts.verify(Password("wrong"), of: user) == .refused)
            #expect(try await alice.accounts.verify(Password("wrong"), of: nil) == .refused)
        }
    }

    @Test("a server that is away has not seen the password, also by a connection from before")
    func verifyAway() async throws {
        try await withSlapd { slapd in
            let alice = try await Someone("alice", on: slapd, .of(slapd))
            let user = try await alice.account().user
            _ = try await alice.accounts.verify(Password(SlapdFixture.password), of: user)
            await slapd.stop()
            // What had been sent when the connection broke may have been seen: until its end has been noticed.
            try await eventually("nothing is sent any more") {
                do throws(DirectoryFailure) {
                    _ = try await alice.accounts.verify(Password("wrong"), of: user)
                    throw DirectoryFailure(detail: "answered")
                } catch {
                    return !error.wasAsked
                }
            }
        }
    }

    @Test("a right password does not sign in to a locked account")
    func verifyLocked() async throws {
        try await with { (alice) async throws in
            try await alice.lockOut()
            let account = try await alice.account()
            #expect(account.user.account.lock == .failedAttempts)
            #expect(account.user.account.since != nil)
            #expect(try await alice.accounts.verify(Password(SlapdFixture.password), of: account.user) == .refused)
        }
    }

    @Test("a right password that must be changed is told apart")
    func verifyMustChange() async throws {
        try await with(.with { $0.policy.mustChange = true }) { (alice) async throws in
            try await alice.replace("pwdReset", "TRUE")
            let account = try await alice.account()
            #expect(account.mustChange)
            let verdict = try await alice.accounts.verify(Password(SlapdFixture.password), of: account.user)
            #expect(verdict == .mustChange)
        }
    }

    @Test("roles are read live, through nesting and cycles")
    func roles() async throws {
        try await withSlapd { slapd in
            let settings = try DirectorySettings.of(slapd)
            let alice = try await Someone("alice", on: slapd, settings).account()
            let dave = try await Someone("dave", on: slapd, settings).account()
            #expect(alice.user.roles == ["all", "staff"])
            #expect(dave.user.roles == ["ring-a", "ring-b"])
        }
    }

    @Test("an administrator's lock is another kind than one by failed attempts")
    func administratorLock() async throws {
        try await with { (alice) async throws in
            try await alice.replace("pwdAccountLockedTime", "000001010000Z")
            #expect(try await alice.account().user.account == AccountStatus(state: .locked, lock: .administrator))
        }
    }

    @Test("a lock whose duration is over is none")
    func lockoutDuration() async throws {
        let options = SlapdOptions.with { $0.policy.lockoutDuration = 60 }
        try await with(options) { (alice) async throws in
            try await alice.replace("pwdAccountLockedTime", "20200101000000Z")
            #expect(try await alice.account().user.account.state == .active)
        }
    }

    @Test("who matches disabledWhen is disabled, who matches the protected filter is protected")
    func filters() async throws {
        try await with { (alice) async throws in
            try await alice.replace("employeeType", "left")
            #expect(try await alice.account().user.account.state == .disabled)
            try await alice.replace("employeeType", "untouchable")
            let account = try await alice.account()
            #expect(account.user.account.state == .active)
            #expect(account.isProtected)
        }
    }

    @Test("a disabled account is not opened because it is locked as well")
    func lockedAndDisabled() async throws {
        try await with { (alice) async throws in
            try await alice.lockOut()
            try await alice.replace("employeeType", "left")
            let account = try await alice.account().user.account
            #expect(account.state == .disabled)
            #expect(account.lock == .failedAttempts)
        }
    }

    @Test("nobody has an id that was made up")
    func unknown() async throws {
        try await with { (alice) async throws in
            let nobody = try await alice.accounts.account(EntryID(folding: [9, 9, 9]))
            #expect(nobody == nil)
        }
    }

    @Test("the lockout threshold and the rules come from the policy that can be read")
    func policy() async throws {
        try await with { (alice) async throws in
            #expect(try await alice.accounts.lockoutThreshold() == 4)
            let rules = try await alice.accounts.passwordRules(for: alice.account())
            #expect(rules.minimumLength == 8)
            #expect(rules.history == 3)
        }
    }

    @Test("a server that was restarted is found again without an error")
    func reconnects() async throws {
        try await with { (alice) async throws in
            _ = try await alice.account()
            try await alice.slapd.restart()
            _ = try await alice.account()
        }
    }

    @Test("a server that is gone is a failure that wrote nothing")
    func gone() async throws {
        try await with { (alice) async throws in
            let account = try await alice.account()
            await alice.slapd.kill()
            let failure = await #expect(throws: DirectoryFailure.self) {
                try await alice.accounts.write(Password("a brand new one"), to: account, mustChange: false)
            }
            #expect(failure?.mayHaveWritten == false)
        }
    }
}
