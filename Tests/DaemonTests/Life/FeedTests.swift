import Foundation
import LatchkeyTesting
import LocalAPI
import LocalClient
import Testing

@Suite("Whoever follows the daemon's feed")
struct DaemonFeedTests {
    /// The events up to the first that fits.
    private static func events(
        _ daemon: DaemonFixture,
        after: String? = nil,
        until fits: @escaping @Sendable (ServerEvent) throws -> Bool,
        meanwhile: @escaping @Sendable () async throws -> Void = {}
    ) async throws -> [ServerEvent] {
        let path = Routes.query(Routes.Admin.changes, [("kinds", "changes,transitions")])
        let source = EventSource(socketPath: daemon.folder.adminSocket)
        return try await withDeadline {
            var events: [ServerEvent] = []
            try await source.follow(path, lastEvent: after) { event in
                if events.isEmpty { try await meanwhile() }
                events.append(event)
                return try !fits(event)
            }
            return events
        }
    }

    @Sendable private static func tells(_ action: String, _ name: String?, _ event: ServerEvent) throws -> Bool {
        guard event.type == "change" else { return false }
        let changes = try APIJSON.decode(ChangeDocument.self, from: event.data).changes
        return changes.contains { $0.action == action && $0.name == name }
    }

    @Test("is told of a change in the directory, and goes on after kill -9 without missing one")
    func resumed() async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd) { daemon in
                let first = try await Self.events(daemon, until: { try Self.tells("added", "fay", $0) }) {
                    try await slapd.add(SlapdContent.person("fay", below: slapd.suffix))
                }
                #expect(first.first?.type == "position")
                #expect(first.contains { $0.type == "transition" }, "the state of now comes by itself")
                await daemon.kill()
                try await slapd.modify("dn: \(slapd.person("fay"))\nchangetype: delete\n")
                try await slapd.add(SlapdContent.person("guy", below: slapd.suffix))
                try await daemon.start()
                let second = try await Self.events(
                    daemon,
                    after: first.last?.id,
                    until: { try Self.tells("added", "guy", $0) }
                )
                #expect(second.first?.type == "position" || second.first?.type == "transition")
                let removed = try second.contains { try Self.tells("removed", "fay", $0) }
                #expect(removed)
                #expect(!second.contains { $0.type == "reset" })
            }
        }
    }

    @Test("can wait until a change of just now is in the mirror")
    func waitFresh() async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd) { daemon in
                for number in 0..<5 {
                    try await slapd.add(SlapdContent.person("w\(number)", below: slapd.suffix))
                    #expect(try await daemon.control("sync", "--wait-fresh", "20s").status == 0)
                    #expect(try await daemon.control("users", "show", "w\(number)").status == 0)
                }
                await slapd.kill()
                let outcome = try await daemon.control("sync", "--wait-fresh", "100ms")
                #expect(outcome.status == 75 && outcome.errors.contains("did not become fresh"))
            }
        }
    }
}
