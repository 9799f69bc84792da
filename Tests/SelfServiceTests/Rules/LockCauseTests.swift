import Foundation
import Testing

@testable import SelfService

@Suite("What probably entered wrong passwords")
struct LockCauseTests {
    private static let begin = Date(timeIntervalSince1970: 1_700_000_000)

    private func cause(_ seconds: [Double], changed: Double? = nil) -> LockCause? {
        LockCause.of(
            FailedAttempts(times: seconds.map { Self.begin.addingTimeInterval($0) }),
            passwordChangedAt: changed.map { Self.begin.addingTimeInterval($0) }
        )
    }

    @Test("is told from when they came")
    func causes() {
        #expect(cause([600, 1234], changed: 0) == .formerPassword)
        #expect(cause([0, 60, 121, 180], changed: -90000) == .storedPassword)
        #expect(cause([0, 0.2, 0.4, 0.6]) == .program)
        #expect(cause([0, 7, 31, 40]) == .typing)
        // A change that came after them explains nothing.
        #expect(cause([0, 7, 31, 40], changed: 50) == .typing)
    }

    @Test("nothing is said of nothing, and too few say nothing of intervals")
    func few() {
        #expect(cause([]) == nil)
        #expect(cause([0, 60]) == nil)
        #expect(FailedAttempts().text == nil)
    }

    @Test("the last one and their number are said as far as the server keeps them")
    func texts() {
        #expect(FailedAttempts(count: 3).text == "3 wrong passwords are counted since the last right one.")
        let one = FailedAttempts(times: [Self.begin]).text
        #expect(one == "1 wrong password is counted since the last right one, the last at 2023-11-14T22:13:20Z.")
        let last = FailedAttempts(times: [Self.begin, Self.begin.addingTimeInterval(-5)], count: 4).text
        #expect(last?.hasSuffix("the last at 2023-11-14T22:13:20Z.") == true && last?.hasPrefix("4 ") == true)
    }
}
