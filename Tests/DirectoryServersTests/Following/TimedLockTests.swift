import DirectoryServers
import Foundation
import Identity
import LatchkeyTesting
import Mirror
import SelfService
import Synchronizer
import Testing

@Suite("A lock that ends by time, on a real slapd")
struct TimedLockTests {
    private let rhythm = PollingRhythm(interval: .milliseconds(20), questionsPerAudit: 2)

    @Test("is over in the mirror when it is over for slapd, though slapd says nothing", arguments: [true, false])
    func ends(pushes: Bool) async throws {
        let options = SlapdOptions.with {
            $0.policy.lockoutDuration = 2
            $0.hasContentSync = pushes
        }
        try await withSlapd(options) { slapd in
            let settings = try DirectorySettings.of(slapd)
            try await withFollower(settings, folder: mirrorFolder(slapd), rhythm: rhythm) { (follower) async throws in
                try await follower.current()
                let alice = try await Someone("alice", on: slapd, settings)
                try await alice.lockOut()
                try await eventually("the lock") {
                    try await follower.mirror.users(UserQuery(state: .locked)).items.map(\.login) == ["alice"]
                }
                let locked = try #require(try await follower.mirror.user(login: "alice")).account
                #expect(locked.times.lockEnds == locked.since?.addingTimeInterval(2))
                try await eventually("its end") {
                    try await follower.mirror.user(login: "alice")?.account.state == .active
                }
                // The attribute is still there: nothing but time has opened it.
                #expect(try await alice.attribute("pwdAccountLockedTime") != nil)
                #expect(try await alice.account().user.account.state == .active)
            }
        }
    }

    @Test("that never ends stays", arguments: [true, false])
    func never(isAdministrator: Bool) async throws {
        let options = SlapdOptions.with { $0.policy.lockoutDuration = isAdministrator ? 1 : 0 }
        try await withSlapd(options) { slapd in
            let settings = try DirectorySettings.of(slapd)
            try await withFollower(settings, folder: mirrorFolder(slapd)) { (follower) async throws in
                try await follower.current()
                let alice = try await Someone("alice", on: slapd, settings)
                let time = isAdministrator ? "000001010000Z" : "20200101000000Z"
                try await alice.replace("pwdAccountLockedTime", time)
                try await eventually("the lock") {
                    try await follower.mirror.user(login: "alice")?.account.state == .locked
                }
                #expect(try await follower.mirror.user(login: "alice")?.account.times == AccountTimes())
            }
        }
    }
}
