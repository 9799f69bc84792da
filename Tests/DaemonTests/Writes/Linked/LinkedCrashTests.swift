import Foundation
import LatchkeyTesting
import LocalAPI
import Synchronization
import Testing

/// `LATCHKEY_TORTURE` sets how often the last of these kills the daemon; `make torture` does it long.
private let kills = ProcessInfo.processInfo.environment["LATCHKEY_TORTURE"].flatMap(Int.init) ?? 8

/// Raised once, from another thread.
private final class Flag: Sendable {
    private let state = Atomic(false)

    var isRaised: Bool { state.load(ordering: .acquiring) }

    func raise() { state.store(true, ordering: .releasing) }
}

@Suite("A daemon that ends between two directories")
struct LinkedCrashTests {
    private static let newPassword = LinkedScene.newPassword
    private static let products = WrittenProduct.allCases

    /// Waits until the audit has this for its newest words on Bob's passwords, and the vault no open intent.
    private func settled(_ scene: LinkedScene, _ expected: [String]) async throws {
        try await eventually("each directory has its outcome") {
            try await scene.audited().suffix(expected.count) == expected[...]
        }
        #expect(try await Self.areSettled(scene.daemon))
        #expect(try await scene.daemon.document(AuditVerificationDocument.self, "audit", "verify").intact)
    }

    @Test("before the second was written: it keeps its password, and the person is told", arguments: products)
    func before(product: WrittenProduct) async throws {
        try await LinkedScene.with(then: product) { (scene) async throws in
            let token = try await scene.portal.provenReset("bob")
            scene.line.inject(.swallowsWrites)
            let setting = Task { try await scene.portal.setPassword(Self.newPassword, token: token) }
            try await eventually("the first is written") {
                try await scene.audited() == ["directory done"]
            }
            await scene.daemon.kill()
            _ = await setting.result
            scene.line.heal()
            try await scene.daemon.start()
            try await settled(scene, ["directory done", "branch refused not-attempted"])
            #expect(try await scene.first.canBind(Self.newPassword))
            #expect(try await scene.second.canBind(scene.second.password))
            try await eventually("the person is told") { try scene.kept().count == 1 }
        }
    }

    @Test("after the second was written and before it was known: that is found out", arguments: products)
    func after(product: WrittenProduct) async throws {
        try await LinkedScene.with(then: product) { (scene) async throws in
            let token = try await scene.portal.provenReset("bob")
            let isSent = Flag()
            scene.line.inject(.swallowsAnswersOfWrites { isSent.raise() })
            let setting = Task { try await scene.portal.setPassword(Self.newPassword, token: token) }
            try await eventually("it is on its way to the second") { isSent.isRaised }
            try await eventually("the second is written") { try await scene.second.canBind(Self.newPassword) }
            #expect(try await scene.audited() == ["directory done"], "and nobody knows")
            await scene.daemon.kill()
            _ = await setting.result
            scene.line.heal()
            try await scene.daemon.start()
            try await settled(scene, ["directory done", "branch done"])
            #expect(try scene.kept().isEmpty)
        }
    }

    @Test("while the second is away waits for it, and not for ever", arguments: [true, false])
    func away(happened: Bool) async throws {
        try await LinkedScene.with { (scene) async throws in
            let token = try await scene.portal.provenReset("bob")
            let isSent = Flag()
            scene.line.inject(happened ? .swallowsAnswersOfWrites { isSent.raise() } : .swallowsWrites)
            let setting = Task { try await scene.portal.setPassword(Self.newPassword, token: token) }
            try await eventually("the first is written") { try await scene.audited() == ["directory done"] }
            if happened {
                try await eventually("it is on its way to the second") { isSent.isRaised }
                try await eventually("and the second") { try await scene.second.canBind(Self.newPassword) }
            }
            await scene.daemon.kill()
            _ = await setting.result
            scene.line.heal()
            await scene.second.kill()
            try await scene.daemon.start()
            let before = try await scene.audited()
            #expect(before == ["directory done"])
            try await scene.second.start()
            try await settled(scene, ["directory done", happened ? "branch done" : "branch refused not-attempted"])
        }
    }

    @Test("an answer of the second that is lost is unknown, and found out after a restart", arguments: products)
    func lostAnswer(product: WrittenProduct) async throws {
        try await LinkedScene.with(then: product) { (scene) async throws in
            scene.line.inject(.losesAnswersOfWrites)
            let outcome = try await scene.write()
            #expect(outcome.outcome == "applied")
            #expect(LinkedScene.told(outcome.directories) == ["directory applied", "branch unknown"])
            scene.line.heal()
            try await scene.daemon.restart()
            try await settled(scene, ["directory done", "branch unknown", "branch done"])
            #expect(try await scene.second.canBind(Self.newPassword))
        }
    }

    @Test("at any moment leaves vault, audit and both directories of one mind")
    func anyMoment() async throws {
        var random = SeededGenerator(seed: 4)
        try await withPeople { (first, second, daemon) async throws in
            var (written, seen): (Int, Int64) = (0, 0)
            for number in 0..<kills {
                let (login, password) = ("t\(number)", "a new password \(number)")
                try await daemon.portal.register(
                    "email",
                    "\(login)@mail.example",
                    token: daemon.portal.signIn(login).token
                )
                let token = try await daemon.portal.provenReset(login)
                let setting = Task { try await daemon.portal.setPassword(password, token: token) }
                try await randomMoment(upTo: .milliseconds(200), using: &random)
                await daemon.kill()
                _ = await setting.result
                try await daemon.start()
                // An intent without an outcome is not yet in the audit; its outcome must not count as the next one's.
                try await eventually("each intent has its outcome") { try await Self.areSettled(daemon) }
                let one = try await Self.isSent(password, of: login, in: first)
                let two = try await Self.isSent(password, of: login, in: second)
                #expect(one || !two, "the second is never written before the first")
                let expected = [one ? "directory done" : "directory refused", two ? "branch done" : "branch refused"]
                let words = try await Self.outcomes(daemon, after: &seen)
                #expect(words.isEmpty ? !one : words == expected, "\(words), and in the directories \(expected)")
                written += two ? 1 : 0
            }
            #expect(try await daemon.document(AuditVerificationDocument.self, "audit", "verify").intact)
            print("kill -9: \(written) of \(kills) passwords were written to both directories before it")
        }
    }

    /// Whether it is the new one there; else it must be the old one.
    private static func isSent(_ password: String, of login: String, in slapd: SlapdFixture) async throws -> Bool {
        let new = try await slapd.bind(slapd.person(login), password) == 0
        let old = try await slapd.bind(slapd.person(login), SlapdFixture.password) == 0
        #expect(new != old)
        return new
    }

    private static func areSettled(_ daemon: DaemonFixture) async throws -> Bool {
        let intents = try await VaultRows(["intent"], of: daemon).tables["intent"] ?? []
        return intents.allSatisfy { !$0.contains("pending") && !$0.contains("unknown") }
    }

    /// - Parameter seen: the last record that was looked at before.
    /// - Returns: what the audit says of the writes since.
    private static func outcomes(_ daemon: DaemonFixture, after seen: inout Int64) async throws -> [String] {
        let list = ListDocument<AuditRecordDocument>.self
        let records = try await daemon.document(list, "audit", "list", "--after", "\(seen)", "--limit", "1000").items
        seen = records.map(\.sequence).max() ?? seen
        return records.filter { $0.action == "password.written" }.map {
            "\($0.details["directory"] ?? "directory") \($0.result)"
        }
    }

    /// Two slapds with `t0`, `t1`, …, each with their own id in each.
    private func withPeople(_ body: (SlapdFixture, SlapdFixture, DaemonFixture) async throws -> Void) async throws {
        try await withSlapd { first in
            try await withSlapd { second in
                for slapd in [first, second] {
                    let hash = try await slapd.hash(SlapdFixture.password)
                    for number in 0..<kills {
                        try await slapd.add(SlapdContent.person("t\(number)", below: slapd.suffix, passwordHash: hash))
                    }
                }
                let options = DaemonOptions.with {
                    $0.linked = [DaemonDirectory.Linked(name: "branch", DaemonDirectory(second), match: "uid")]
                    $0.sections = "limits: { frontend: { sessionsPerMinute: 100000 } }"
                }
                try await withDaemon(first, options) { daemon in try await body(first, second, daemon) }
            }
        }
    }
}
