import Foundation
import Identity
import Testing

@testable import DirectoryServers

@Suite("389 Directory Server: changelog, states, ids")
struct PureDirectoryServer389Tests {
    private func cookie(_ number: String) -> DirectoryServer389Cookie? {
        DirectoryServer389Cookie(Array("host:389#cn=svc:ou=people:(uid=#)#\(number)".utf8))
    }

    @Test("a cookie is good while the changelog reaches from its number on")
    func changelog() {
        let changelog = RetroChangelog(first: 10, last: 20)
        for good in ["9", "10", "20"] { #expect(changelog.objection(to: cookie(good)) == nil) }
        #expect(changelog.objection(to: cookie("8"))?.contains("trimmed") ?? false)
        #expect(changelog.objection(to: cookie("21"))?.contains("backup") ?? false)
        for bad in ["", "x", "-1"] { #expect(changelog.objection(to: cookie(bad)) != nil) }
        #expect(RetroChangelog(first: 0, last: 0).objection(to: cookie("0")) == nil)
        #expect(DirectoryServer389Cookie(Array("abc".utf8)) == nil)
    }

    @Test(
        "locked is who has an unlock time to come and as many failures as lock",
        arguments: [
            ("19700101000000Z", "3", LockState.failedAttempts), ("20300101000000Z", "3", .failedAttempts),
            ("20200101000000Z", "3", .unlocked), ("19700101000000Z", "2", .unlocked),
            ("19700101000000Z", nil, .unlocked), (nil, "3", .unlocked), ("soon", "4", .failedAttempts),
        ] as [(String?, String?, LockState)]
    )
    func lock(unlockTime: String?, retryCount: String?, expected: LockState) throws {
        let now = try #require(GeneralizedTime.date("20260101000000Z"))
        let status = DirectoryServer389AccountState(maxFailure: 3)
            .status(disabled: nil, unlockTime: unlockTime, retryCount: retryCount, now: now)
        #expect(status.lock == expected)
        #expect(status.state == (expected == .unlocked ? .active : .locked))
    }

    @Test("nsAccountLock is a disabled account")
    func disabled() {
        let rule = DirectoryServer389AccountState(maxFailure: nil)
        let status = rule.status(disabled: "TRUE", unlockTime: nil, retryCount: nil, now: Date())
        #expect(status.state == .disabled)
        #expect(rule.status(disabled: "false", unlockTime: nil, retryCount: nil, now: Date()).state == .active)
    }

    @Test("an id is written as nsUniqueId and read again")
    func ids() throws {
        let text = "468dab85-e6fd11f1-82edfb88-6ef92830"
        #expect(DirectoryServer389EntryReader.text(try #require(EntryID(text))) == text)
    }
}
