import Audit
import Foundation
import Identity
import SelfService

extension VaultRule {
    private static let here = "c0000201"
    private static let there = "c0000202"

    static let attempts: [VaultRule] = [
        VaultRule("who comes too often from one address waits until the oldest attempt is a minute old") { scene in
            var scene = scene
            scene.limits.attemptsPerAddress = 3
            for kind in [Attempt.Kind.start, .answer, .start] {
                try expect(try await scene.attempt(kind, from: here) == nil, "below the limit")
                scene.clock.advance(by: 10)
            }
            let wait = try await scene.attempt(.start, from: here)
            try expect(wait == 30, "60 seconds after the first: \(String(describing: wait))")
            try expect(try await scene.attempt(.start, from: there) == nil, "another address is another's")
            scene.clock.advance(by: 30)
            try expect(try await scene.attempt(.answer, from: here) == nil, "the oldest is gone")
            try expect(try await scene.attempt(.answer, from: here) != nil, "and only that one")
        },
        VaultRule("without an address nothing is counted for one") { scene in
            var scene = scene
            scene.limits.attemptsPerAddress = 1
            for _ in 0..<5 { try expect(try await scene.attempt(.start, from: nil) == nil, "nobody's address") }
        },
        VaultRule("a flood from everywhere makes newcomers wait last: who was quiet has a reserve") { scene in
            var scene = scene
            scene.limits.attemptsInAll = 5
            for _ in 0..<5 { try expect(try await scene.attempt(.start, from: here) == nil, "below the limit") }
            try expect(try await scene.attempt(.start, from: here) != nil, "the flooder waits")
            try expect(try await scene.attempt(.start, from: nil) != nil, "so does who comes from nowhere")
            try expect(try await scene.attempt(.start, from: there) == nil, "a quiet address does not")
            try expect(try await scene.attempt(.start, from: "c0000203") != nil, "until the reserve is used, too")
            try expect(try await scene.attempt(.answer, from: here) == nil, "whoever is inside may answer")
            scene.clock.advance(by: 60)
            try expect(try await scene.attempt(.start, from: here) == nil, "a minute later")
        },
        VaultRule("a front end's full minute leaves who was quiet a reserve") { scene in
            var scene = scene
            scene.limits.sessionStartsPerMinute = 2
            for _ in 0..<4 { _ = try await scene.attempt(.start, from: here) }
            let somebody = Subject.person(VaultScene.person(1))
            for _ in 0..<2 { _ = try await scene.reset(somebody) }
            let flooder = try await scene.start(.signIn, for: somebody, network: here)
            guard case .limited = flooder else { throw RuleBroken(description: "the flooder is let in: \(flooder)") }
            let quiet = try await scene.start(.signIn, for: somebody, network: there)
            guard case .opened = quiet else { throw RuleBroken(description: "the quiet one waits, too: \(quiet)") }
        },
        VaultRule("what an address was refused for stands in the audit once, without the address") { scene in
            var scene = scene
            scene.limits.attemptsPerAddress = 1
            for _ in 0..<4 { _ = try await scene.attempt(.start, from: here) }
            let records = try await scene.limitRecords()
            try expect(records.count == 1, "one incident: \(records.count)")
            try expect(
                records.first?.details == ["limit": "address.attemptsPerMinute", "dryRun": "false"],
                "\(records)"
            )
        },
        VaultRule("limits that are only tried out hold nobody back and stand in the audit") { scene in
            var scene = scene
            scene.limits.isDryRun = true
            scene.limits.attemptsPerAddress = 1
            scene.limits.sessionStartsPerMinute = 1
            for _ in 0..<3 {
                try expect(try await scene.attempt(.start, from: here) == nil, "nobody waits")
                _ = try await scene.reset(.person(VaultScene.person(1)))
            }
            let records = try await scene.limitRecords()
            let names = Set(records.compactMap { $0.details["limit"] })
            try expect(names == ["address.attemptsPerMinute", "frontend.sessionsPerMinute"], "\(names)")
            try expect(records.allSatisfy { $0.details["dryRun"] == "true" && $0.result == .unknown }, "\(records)")
        },
        VaultRule("while limits are tried out nobody may guess more than with no configuration at all") { scene in
            var scene = scene
            scene.limits.isDryRun = true
            scene.limits.wrongAnswersPerMethod = 1
            let method = try await scene.verified("a@x.org", of: VaultScene.person(1))
            let session = try await scene.reset(.person(VaultScene.person(1)), gates: 2).session
            let challenge = try await scene.opened(method, in: session)
            for _ in 0..<5 {
                try expect(
                    try await scene.answer(VaultScene.wrongCode, challenge, in: session) == .wrong,
                    "a default's"
                )
            }
            let again = try await scene.open(method, in: session)
            guard case .limited = again else { throw RuleBroken(description: "the default does not hold: \(again)") }
            let names = Set(try await scene.limitRecords().compactMap { $0.details["limit"] })
            try expect(names.contains("person.wrongAnswersPerHour"), "what would have been: \(names)")
        },
    ]
}

extension VaultScene {
    /// - Returns: as ``SessionStore/countAttempt(_:limits:by:)``.
    fileprivate func attempt(_ kind: Attempt.Kind, from network: String?) async throws -> Int? {
        try await store.countAttempt(Attempt(kind, from: network), limits: limits, by: Self.actor)
    }

    fileprivate func limitRecords() async throws -> [AuditEvent] {
        try await store.auditRecords(after: 0, limit: 1000).map(\.event).filter { $0.action == .limitReached }
    }
}
