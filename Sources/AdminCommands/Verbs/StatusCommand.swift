import ArgumentParser
import LocalAPI
import LocalClient

struct StatusCommand: Verb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "status",
            abstract: "Show the directory server, how it is followed, and how fresh the mirror is.",
            discussion: """
                Examples:
                  latchkeyctl status
                  latchkeyctl --json status
                  latchkeyctl status --watch      again after every change, until Ctrl-C
                """
        )
    }

    @OptionGroup var global: GlobalOptions

    @Flag(help: "Show it again whenever something changes.")
    var watch = false

    func perform(_ session: AdminSession) async throws -> ExitStatus {
        try await show(session)
        guard watch else { return .done }
        let path = Routes.query(Routes.Admin.changes, [("kinds", "changes,transitions")])
        try await EventSource(socketPath: session.client.socketPath).follow(path) { event in
            // Where the feed begins is what was just shown.
            if event.type != "position" { try await show(session) }
            return true
        }
        return .done
    }

    private func show(_ session: AdminSession) async throws {
        _ = try await session.show(StatusDocument.self, Routes.Admin.status) { status in
            Self.text(status) + (watch ? "\n" : "")
        }
    }

    private static func text(_ status: StatusDocument) -> String {
        var facts = Facts()
        facts.add("Latchkey", status.version)
        facts.add("Sync", status.sync.state)
        facts.add("Server", status.sync.server)
        facts.add("Strategy", status.sync.strategy)
        facts.add("Why", status.sync.reason)
        facts.add("Problem", status.sync.problem)
        facts.add("Next attempt", status.sync.nextAttemptAt.map(LocalTime.text))
        facts.add("Last change", status.sync.lastChangeAt.map(LocalTime.text))
        facts.add("Last contact", status.sync.lastContactAt.map(LocalTime.text))
        facts.add("Last verified", status.sync.lastVerifiedAt.map(LocalTime.text))
        facts.add("Repaired", status.sync.repaired.flatMap { $0 > 0 ? String($0) : nil })
        facts.add("References", status.sync.references.map { "\($0) to other servers, not followed" })
        facts.add("Freshness", "\(status.freshness.state), generation \(status.freshness.generation)")
        facts.add("People", String(status.users))
        facts.add("Roles", String(status.roles))
        facts.add("Held removals", String(status.quarantine.removals))
        return facts.text
    }
}
