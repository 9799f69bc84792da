import Foundation
import Identity
import Testing

@testable import DirectoryServers

@Suite("OpenLDAP: cookies, times, states")
struct PureOpenLDAPTests {
    private func merged(_ old: String?, _ new: String) -> String {
        String(decoding: OpenLDAPCookie.merged(old.map { Array($0.utf8) }, Array(new.utf8)), as: UTF8.self)
    }

    private let first = "20260101000000.000000Z#000000#001#000000"
    private let later = "20260102000000.000000Z#000000#001#000000"
    private let other = "20260101120000.000000Z#000000#002#000000"

    @Test("a cookie of one server is merged into those of the others, and never goes back")
    func cookies() {
        #expect(merged("rid=000,csn=\(first);\(other)", "rid=000,csn=\(later)") == "rid=000,csn=\(later);\(other)")
        #expect(merged("rid=000,csn=\(later);\(other)", "rid=000,csn=\(first)") == "rid=000,csn=\(later);\(other)")
        #expect(merged(nil, "rid=000,csn=\(first)") == "rid=000,csn=\(first)")
        #expect(merged("rid=000,csn=\(first)", "garbage") == "garbage")
    }

    @Test("generalized times of servers are read, others are not")
    func times() {
        #expect(GeneralizedTime.date("20261123011813Z") == Date(timeIntervalSince1970: 1_795_396_693))
        #expect(GeneralizedTime.date("20261123011813.499528Z") == Date(timeIntervalSince1970: 1_795_396_693))
        #expect(GeneralizedTime.date("000001010000Z") == nil)
        #expect(GeneralizedTime.date("") == nil)
    }

    @Test("a lock without a readable time counts as an administrator's")
    func failsClosed() {
        let status = OpenLDAPAccountState.status(lockedTime: "nonsense", now: Date(), lockoutDuration: 0)
        #expect(status.lock == .administrator)
    }

    @Test("an account is expired from its end on, and disabled before its start")
    func startAndEnd() {
        func state(start: String? = nil, end: String? = nil) -> AccountStatus.State {
            OpenLDAPAccountState.status(
                lockedTime: nil,
                startTime: start,
                endTime: end,
                now: Date(timeIntervalSince1970: 1_795_396_693),
                lockoutDuration: 0
            ).state
        }
        #expect(state(end: "20261123011813Z") == .expired)
        #expect(state(end: "20261123011814Z") == .active)
        #expect(state(start: "20261123011814Z") == .disabled)
        #expect(state(start: "20261123011813Z") == .active)
    }

    @Test("an end or a beginning that cannot be read closes the account, now and later", arguments: [true, false])
    func unreadable(isEnd: Bool) {
        let now = Date(timeIntervalSince1970: 1_795_396_693)
        let status = OpenLDAPAccountState.status(
            lockedTime: "20261123011813Z",
            startTime: isEnd ? "20261123011814Z" : "soon",
            endTime: isEnd ? "some day" : nil,
            now: now,
            lockoutDuration: 60
        )
        for time in [now, now + 3600] {
            #expect(status.asOf(time).state == (isEnd ? .expired : .disabled))
            #expect(status.asOf(time).since == nil)
        }
    }
}
