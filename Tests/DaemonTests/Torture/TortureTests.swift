import Foundation
import LatchkeyTesting
import LocalAPI
import Testing

/// `LATCHKEY_TORTURE` sets how often each of these kills the daemon; `make torture` does it long.
private let kills = ProcessInfo.processInfo.environment["LATCHKEY_TORTURE"].flatMap(Int.init) ?? 8

@Suite("Torture: kill -9 at random moments")
struct TortureTests {
    @Test("in the middle of a sync leaves a mirror that becomes equal to the directory")
    func syncs() async throws {
        var random = SeededGenerator(seed: 1)
        try await withSlapd { slapd in
            for number in 0..<300 { try await slapd.add(SlapdContent.person("p\(number)", below: slapd.suffix)) }
            let daemon = try DaemonFixture(slapd)
            for number in 0..<kills {
                try await daemon.launch()
                try await slapd.modify("dn: \(slapd.person("p\(number)"))\nchangetype: delete\n")
                try await slapd.add(SlapdContent.person("q\(number)", below: slapd.suffix))
                try await randomMoment(upTo: .milliseconds(250), using: &random)
                await daemon.kill()
            }
            try await daemon.start()
            let directory = Set(
                try await slapd.search("(objectClass=inetOrgPerson)", ["uid"]).compactMap { $0["uid"]?.first }
            )
            try await eventually("the mirror equals the directory") { try await Self.logins(daemon) == directory }
            await daemon.stop()
        }
    }

    private static func logins(_ daemon: DaemonFixture) async throws -> Set<String> {
        let page = try await daemon.document(ListDocument<UserDocument>.self, "users", "list", "--limit", "1000")
        return Set(page.items.map(\.login))
    }

    @Test("in the middle of a registration keeps every method whose proof was acknowledged")
    func registrations() async throws {
        var random = SeededGenerator(seed: 2)
        try await withPeople(kills) { (slapd, daemon) async throws in
            var acknowledged = 0
            for number in 0..<kills {
                let portal = daemon.portal
                let token = try await portal.signIn("t\(number)").token
                let registering = Task { try await portal.register("email", "t\(number)@mail.example", token: token) }
                try await randomMoment(upTo: .milliseconds(300), using: &random)
                await daemon.kill()
                let answer = await registering.result
                try await daemon.start()
                guard case .success(let verified) = answer else { continue }
                acknowledged += 1
                let methods = try await portal.registration(token).methods
                #expect(methods.contains { $0.id == verified.method.id && $0.state == "verified" })
            }
            print("kill -9: \(acknowledged) of \(kills) registrations were acknowledged before it")
        }
    }

    @Test("in the middle of a reset leaves one password, and an outcome for every intent")
    func resets() async throws {
        var random = SeededGenerator(seed: 3)
        try await withPeople(kills) { (slapd, daemon) async throws in
            var written = 0
            var seen: Int64 = 0
            for number in 0..<kills {
                let (portal, login) = (daemon.portal, "t\(number)")
                try await portal.enrol(login, address: "\(login)@mail.example", number: "+1202555\(1000 + number)")
                let token = try await portal.provenReset(login)
                let password = "a new password \(number)"
                let setting = Task { try await portal.setPassword(password, token: token) }
                try await randomMoment(upTo: .milliseconds(25), using: &random)
                await daemon.kill()
                let answer = await setting.result
                try await daemon.start()
                let outcome = try await Self.outcome(daemon, after: &seen)
                let new = try await slapd.bind(slapd.person(login), password) == 0
                let old = try await slapd.bind(slapd.person(login), SlapdFixture.password) == 0
                #expect(new != old)
                if case .success(let outcome) = answer { #expect(outcome.outcome == "applied" && new) }
                written += new ? 1 : 0
                if new { #expect(outcome == "done", "what is written is not told as lost") }
                if !new { #expect(outcome != "done", "what is not written is not told as done") }
            }
            #expect(try await daemon.document(AuditVerificationDocument.self, "audit", "verify").intact)
            print("kill -9: \(written) of \(kills) passwords were written before it")
        }
    }

    /// Every intent has its outcome, if not at once then after the recovery.
    /// - Parameter seen: the last record that was looked at before.
    /// - Returns: what the audit says of the newest one since; nil where there is none.
    private static func outcome(_ daemon: DaemonFixture, after seen: inout Int64) async throws -> String? {
        var outcomes: [Int: [String]] = [:]
        let begin = seen
        var last = seen
        try await eventually("every intent has an outcome") {
            let list = ListDocument<AuditRecordDocument>.self
            let records = try await daemon.document(list, "audit", "list", "--after", "\(begin)", "--limit", "1000")
                .items
            outcomes = [:]
            last = records.map(\.sequence).max() ?? begin
            for record in records {
                guard let intent = record.details["intent"].flatMap(Int.init) else { continue }
                outcomes[intent, default: []] += record.action == "password.written" ? [record.result] : []
            }
            return outcomes.values.allSatisfy { $0.contains("done") || $0.contains("refused") }
        }
        seen = last
        guard let newest = outcomes.keys.max() else { return nil }
        return outcomes[newest]?.contains("done") == true ? "done" : "refused"
    }

    /// A ready daemon beside a slapd with `t0`, `t1`, … who have the usual password.
    private func withPeople(_ count: Int, _ body: (SlapdFixture, DaemonFixture) async throws -> Void) async throws {
        try await withSlapd { slapd in
            let hash = try await slapd.hash(SlapdFixture.password)
            for number in 0..<count {
                try await slapd.add(SlapdContent.person("t\(number)", below: slapd.suffix, passwordHash: hash))
            }
            // So many in a minute are no flood here.
            let options = DaemonOptions.with { $0.sections = "limits: { frontend: { sessionsPerMinute: 100000 } }" }
            try await withDaemon(slapd, options) { daemon in try await body(slapd, daemon) }
        }
    }
}
