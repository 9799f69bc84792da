import ArgumentParser
import LocalAPI

struct StatusCommand: Verb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "status",
            abstract: "Show the directory server, how it is followed, and how fresh the mirror is.",
            discussion: """
                Examples:
                  latchkeyctl status
                  latchkeyctl --json status
                """
        )
    }

    @OptionGroup var global: GlobalOptions

    func perform(_ session: AdminSession) async throws -> ExitStatus {
        _ = try await session.show(StatusDocument.self, Routes.Admin.status, as: Self.text)
        return .done
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
        facts.add("Freshness", "\(status.freshness.state), generation \(status.freshness.generation)")
        facts.add("People", String(status.users))
        facts.add("Roles", String(status.roles))
        facts.add("Held removals", String(status.quarantine.removals))
        return facts.text
    }
}
