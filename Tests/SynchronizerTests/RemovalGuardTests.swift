import Synchronizer
import Testing

@Suite("Too many removals")
struct RemovalGuardTests {
    private let rule = RemovalGuard(HoldLimits())

    struct Case: Sendable, CustomTestStringConvertible {
        var removing: Int
        var living: Int
        var held = 0
        var recent = 0
        var expected: RemovalGuard.Reason?

        var testDescription: String { "\(removing) of \(living), \(held) held, \(recent) before" }
    }

    private static let entries = [
        Case(removing: 0, living: 0, expected: nil),
        Case(removing: 1, living: 2, expected: nil),
        Case(removing: 1, living: 1, expected: .everything),
        Case(removing: 2, living: 2, expected: .everything),
        Case(removing: 1, living: 10, held: 9, expected: .everything),
        Case(removing: 50, living: 100, expected: nil),
        Case(removing: 51, living: 100, expected: .count),
        Case(removing: 1, living: 50, recent: 50, expected: .count),
        Case(removing: 1, living: 51, recent: 49, expected: nil),
        Case(removing: 500, living: 10_000, expected: nil),
        Case(removing: 501, living: 10_000, expected: .count),
        Case(removing: 1, living: 9_500, recent: 500, expected: .count),
    ]

    @Test("are more than both the number and the share, within an hour, or everything", arguments: entries)
    func judgesEntries(_ example: Case) {
        let load = RemovalGuard.Load(living: example.living, held: example.held, recent: example.recent)
        #expect(rule.judge(removing: example.removing, of: load) == example.expected)
    }

    private static let groups = [
        Case(removing: 19, living: 19, expected: nil),
        Case(removing: 10, living: 20, expected: nil),
        Case(removing: 11, living: 20, expected: .group),
        Case(removing: 1, living: 10, recent: 10, expected: .group),
        Case(removing: 1, living: 11, recent: 9, expected: nil),
        Case(removing: 0, living: 100, recent: 90, expected: nil),
    ]

    @Test("from a group of twenty are more than half of it", arguments: groups)
    func judgesGroups(_ example: Case) {
        let found = rule.judgeGroup(losing: example.removing, of: example.living, recent: example.recent)
        #expect(found == example.expected)
    }

    @Test("are never too many without limits")
    func unlimited() {
        let rule = RemovalGuard(.unlimited)
        #expect(rule.judge(removing: 9, of: RemovalGuard.Load(living: 9)) == nil)
        #expect(rule.judgeGroup(losing: 100, of: 100, recent: 0) == nil)
    }
}
