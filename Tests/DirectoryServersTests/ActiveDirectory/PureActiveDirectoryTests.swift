import Foundation
import Identity
import Testing

@testable import DirectoryServers

@Suite("Active Directory: cookies, times, states, identifiers")
struct PureActiveDirectoryTests {
    private let now = Date(timeIntervalSince1970: 1_800_000_000)

    /// As the directory writes a time.
    private func fileTime(_ date: Date) -> String { "\(Int64((date.timeIntervalSince1970 + 11_644_473_600) * 1e7))" }

    private func status(
        control: String? = "512",
        lockoutTime: String? = nil,
        expires: String? = "9223372036854775807",
        lockoutDuration: TimeInterval = 0
    ) -> AccountStatus {
        ActiveDirectoryAccountState.status(
            control: control,
            lockoutTime: lockoutTime,
            expires: expires,
            now: now,
            lockoutDuration: lockoutDuration
        )
    }

    @Test("an account is active, disabled, locked or expired as its attributes say")
    func states() {
        #expect(status().state == .active && status(expires: "0").state == .active)
        #expect(status(control: nil).state == .active)
        #expect(status(control: "514").state == .disabled && status(control: "what").state == .disabled)
        #expect(status(expires: fileTime(now - 1)).state == .expired)
        #expect(status(expires: fileTime(now + 1)).state == .active)
        let locked = status(lockoutTime: fileTime(now - 60))
        #expect(locked.state == .locked && locked.lock == .failedAttempts && locked.since == now - 60)
        #expect(status(lockoutTime: "0").lock == .unlocked)
    }

    @Test("a lock opens by itself after the domain's time, and never where that is none")
    func lockoutDuration() {
        let old = fileTime(now - 1801)
        #expect(status(lockoutTime: old, lockoutDuration: 1800).state == .active)
        #expect(status(lockoutTime: fileTime(now - 1799), lockoutDuration: 1800).state == .locked)
        #expect(status(lockoutTime: old, lockoutDuration: 0).state == .locked)
        #expect(FileTime.seconds("-18000000000") == 1800)
        #expect(FileTime.seconds("-9223372036854775808") == 0 && FileTime.seconds("0") == 0)
    }

    @Test("who is disabled or has expired is not merely locked")
    func precedence() {
        let lockoutTime = fileTime(now - 60)
        let disabled = status(control: "514", lockoutTime: lockoutTime)
        #expect(disabled.state == .disabled && disabled.lock == .failedAttempts)
        #expect(status(lockoutTime: lockoutTime, expires: fileTime(now - 1)).state == .expired)
    }

    @Test("a cookie survives being stored, and anything shorter or of another version is none")
    func cookie() throws {
        let cookie = ActiveDirectoryCookie(
            invocation: [UInt8](1...16),
            changeNumber: 0x0102_0304_0506_0708,
            position: Array("position".utf8)
        )
        #expect(ActiveDirectoryCookie(cookie.bytes) == cookie)
        for length in 0...25 { #expect(ActiveDirectoryCookie(Array(cookie.bytes.prefix(length))) == nil) }
        #expect(ActiveDirectoryCookie([2] + cookie.bytes.dropFirst()) == nil)
    }

    @Test("a primary group's SID is the person's own with another last number")
    func sid() throws {
        let head: [UInt8] = [1, 5, 0, 0, 0, 0, 0, 5, 21, 0, 0, 0]
        let own = try #require(SecurityIdentifier(head + [0x50, 4, 0, 0]))
        #expect(own.relative == 1104)
        #expect(own.sibling(513)?.bytes == head + [1, 2, 0, 0])
        #expect(SecurityIdentifier([1, 2, 3]) == nil)
    }
}
