import DirectoryServers
import Identity
import LDAPClient
import LatchkeyTesting
import SelfService
import Testing

@Suite("OpenLDAP: password writes and unlocks")
struct OpenLDAPWriteTests {
    private let newPassword = "a brand new one"

    private func with(
        _ options: SlapdOptions = SlapdOptions(),
        passwordWrite: DirectorySettings.PasswordWrite = .passwordModify,
        _ body: (Someone) async throws -> Void
    ) async throws {
        try await withSlapd(options) { slapd in
            try await body(Someone("alice", on: slapd, .of(slapd, passwordWrite: passwordWrite)))
        }
    }

    private func write(_ password: String, _ someone: Someone) async throws -> WriteOutcome {
        try await someone.accounts.write(Password(password), to: someone.account(), mustChange: false)
    }

    @Test("a reset is applied, proven, and opens a lock by failed attempts")
    func applied() async throws {
        try await with { (alice) async throws in
            try await alice.lockOut()
            let outcome = try await write(newPassword, alice)
            #expect(outcome.result == .applied)
            #expect(outcome.unlocked)
            #expect(outcome.server == alice.slapd.socketURI)
            #expect(try await alice.slapd.bind(alice.slapd.person("alice"), newPassword) == 0)
            #expect(try await alice.slapd.bind(alice.slapd.person("alice"), SlapdFixture.password) == 49)
        }
    }

    @Test("a password that replication puts back is seen, and one that somebody changes is not taken for it")
    func reverted() async throws {
        try await with { (alice) async throws in
            try await alice.replace("pwdChangedTime", "20260101000000Z", relaxed: true)
            let before = try await alice.account()
            let outcome = try await write(newPassword, alice)
            let after = try #require(outcome.after)
            let watch = WriteWatch(intentID: 1, person: before.user.id, before: before.marker, after: after)
            #expect(try await watch.finding(alice.account().marker) == .stands)
            // As another server's older state would arrive.
            try await alice.replace("pwdChangedTime", "20260101000000Z", relaxed: true)
            #expect(try await watch.finding(alice.account().marker) == .reverted)
            try await alice.replace("pwdChangedTime", "20990101000000Z", relaxed: true)
            #expect(try await watch.finding(alice.account().marker) == .replaced)
        }
    }

    @Test("wrong passwords are known by their times until the right one")
    func failures() async throws {
        try await with { (alice) async throws in
            try await alice.lockOut()
            let failures = try await alice.account().failures
            #expect(failures.count == failures.times.count && failures.count >= 3)
            #expect(try await write(newPassword, alice).result == .applied)
            #expect(try await alice.account().failures == FailedAttempts())
        }
    }

    @Test("another password is to be chosen at the next sign-in where that is asked for")
    func mustChange() async throws {
        try await with { (alice) async throws in
            let outcome = try await alice.accounts.write(Password(newPassword), to: alice.account(), mustChange: true)
            #expect(outcome.result == .applied && outcome.mustChange)
            #expect(try await alice.attribute("pwdReset") == "TRUE")
        }
    }

    @Test("two resets within one second are both proven")
    func twiceInASecond() async throws {
        try await with { (alice) async throws in
            let first = try await write(newPassword, alice)
            let second = try await write(newPassword + "!", alice)
            #expect([first.result, second.result] == [.applied, .applied])
        }
    }

    @Test("an administrator's lock is refused and stays, although slapd would clear it")
    func administratorLock() async throws {
        try await with { (alice) async throws in
            try await alice.replace("pwdAccountLockedTime", "000001010000Z")
            let reset = try await write(newPassword, alice)
            #expect(reset.result == .refused)
            #expect(reset.reason == .administratorLock)
            #expect(try await alice.accounts.unlock(alice.account()).reason == .administratorLock)
            #expect(try await alice.attribute("pwdAccountLockedTime") == "000001010000Z")
        }
    }

    @Test(
        "a refusal of the policy is decoded to a stable reason",
        arguments: [
            ("short", RefusalReason.passwordTooShort), (SlapdFixture.password, .passwordInHistory),
        ]
    )
    func refusals(password: String, reason: RefusalReason) async throws {
        try await with { (alice) async throws in
            let outcome = try await write(password, alice)
            #expect(outcome.result == .refused)
            #expect(outcome.reason == reason)
            #expect(try await alice.slapd.bind(alice.slapd.person("alice"), SlapdFixture.password) == 0)
        }
    }

    @Test("a password that was in use before the last one is in the history")
    func history() async throws {
        try await with { (alice) async throws in
            #expect(try await write("the first new one", alice).result == .applied)
            #expect(try await write("the second new one", alice).result == .applied)
            #expect(try await write("the first new one", alice).reason == .passwordInHistory)
        }
    }

    @Test("a minimum age and safe modify are told as what they are")
    func minimumAge() async throws {
        try await with(.with { $0.policy.minAge = 3600 }) { (alice) async throws in
            #expect(try await write("the first new one", alice).result == .applied)
            #expect(try await write("the second new one", alice).reason == .passwordTooYoung)
        }
        try await with(.with { $0.policy.safeModify = true }) { (alice) async throws in
            #expect(try await write(newPassword, alice).reason == .oldPasswordRequired)
        }
    }

    @Test("an unlock leaves the password and is idempotent")
    func unlock() async throws {
        try await with { (alice) async throws in
            try await alice.lockOut()
            for _ in 1...2 {
                let outcome = try await alice.accounts.unlock(alice.account())
                #expect(outcome.result == .applied)
                #expect(outcome.unlocked)
            }
            #expect(try await alice.slapd.bind(alice.slapd.person("alice"), SlapdFixture.password) == 0)
        }
    }

    @Test("no clear password is ever stored, also where slapd does not hash what is modified")
    func neverClear() async throws {
        try await with(
            .with {
                $0.hashesClearText = false; $0.policy.checkQuality = 0
            }
        ) { (alice) async throws in
            #expect(try await write(newPassword, alice).result == .applied)
            let stored = try #require(try await alice.attribute("userPassword"))
            #expect(!stored.contains(newPassword))
            #expect(stored.hasPrefix("{SSHA}"))
        }
    }

    @Test("a plain modify is hashed where slapd is told to")
    func plainModify() async throws {
        try await with(passwordWrite: .modify) { (alice) async throws in
            #expect(try await write(newPassword, alice).result == .applied)
            let stored = try #require(try await alice.attribute("userPassword"))
            #expect(stored.hasPrefix("{SSHA}"))
            #expect(try await write("short", alice).reason == .passwordTooShort)
        }
    }

    @Test("without the right to write, the reason says so")
    func noRight() async throws {
        try await withSlapd { slapd in
            var settings = try DirectorySettings.of(slapd)
            settings.credentials = .simple(
                dn: try .init(slapd.person("bob")),
                password: Array(SlapdFixture.password.utf8)
            )
            let alice = try await Someone("alice", on: slapd, .of(slapd))
            let account = try await alice.account()
            let asBob = LiveDirectory(settings: settings)
            // Bob may not even see her: nothing is written.
            #expect(try await asBob.write(Password(newPassword), to: account, mustChange: false).reason == .accountGone)
        }
    }
}
