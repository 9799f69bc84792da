import Foundation
import Identity
import Testing

@testable import SelfService

@Suite("What is looked at before and after a write")
struct PreflightTests {
    private let policies = PolicySet(policies: [], protectedRoles: ["admins"])

    private func account(
        _ state: AccountStatus.State = .active,
        lock: LockState = .unlocked,
        roles: [String] = [],
        isProtected: Bool = false,
        changed: String? = "1"
    ) -> LiveAccount {
        let user = User(
            id: EntryID(folding: [1]),
            dn: "uid=a",
            login: "a",
            roles: roles,
            account: AccountStatus(state: state, lock: lock)
        )
        return LiveAccount(
            user: user,
            marker: AccountMarker(passwordChangedAt: changed, version: nil),
            isProtected: isProtected
        )
    }

    @Test("only a lock by failed attempts is opened")
    func refusals() {
        #expect(Preflight.refusal(account(), policies: policies) == nil)
        #expect(Preflight.refusal(account(.locked, lock: .failedAttempts), policies: policies) == nil)
        #expect(Preflight.refusal(account(.locked, lock: .administrator), policies: policies) == .administratorLock)
        #expect(Preflight.refusal(account(.disabled), policies: policies) == .accountDisabled)
        #expect(Preflight.refusal(account(.expired), policies: policies) == .accountExpired)
        #expect(Preflight.refusal(account(.deleted), policies: policies) == .accountGone)
        #expect(Preflight.refusal(account(roles: ["Admins"]), policies: policies) == .accountProtected)
        #expect(Preflight.refusal(account(isProtected: true), policies: policies) == .accountProtected)
    }

    private func intent(_ kind: WriteIntent.Kind) -> WriteIntent {
        WriteIntent(
            id: 1,
            kind: kind,
            person: EntryID(folding: [1]),
            sessionID: nil,
            recordedAt: Date(timeIntervalSince1970: 0),
            before: AccountMarker(passwordChangedAt: "1", version: nil)
        )
    }

    @Test("a password write happened if and only if the directory's time of the last change differs")
    func passwordRecovery() {
        #expect(WriteRecovery.outcome(of: intent(.password), account: account(changed: "2")).result == .applied)
        #expect(WriteRecovery.outcome(of: intent(.password), account: account(changed: "1")).result == .refused)
        #expect(WriteRecovery.outcome(of: intent(.password), account: nil).reason == .accountGone)
        // Never written before: a failed bind moves the version, and only a server without dates has nothing better.
        var undated = intent(.password)
        undated.before = AccountMarker(passwordChangedAt: nil, version: "1")
        var touched = account()
        touched.marker = AccountMarker(passwordChangedAt: nil, version: "2")
        #expect(WriteRecovery.outcome(of: undated, account: touched).result == .applied)
        touched.marker.isDated = true
        #expect(WriteRecovery.outcome(of: undated, account: touched).result == .refused)
        touched.marker.passwordChangedAt = "20260101000000Z"
        #expect(WriteRecovery.outcome(of: undated, account: touched).result == .applied)
    }

    @Test("an unlock happened if the account stands unlocked")
    func unlockRecovery() {
        #expect(WriteRecovery.outcome(of: intent(.unlock), account: account()).result == .applied)
        let locked = account(.locked, lock: .failedAttempts)
        #expect(WriteRecovery.outcome(of: intent(.unlock), account: locked).result == .refused)
    }
}
