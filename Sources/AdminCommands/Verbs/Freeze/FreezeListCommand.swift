import ArgumentParser
import LocalAPI

struct FreezeListCommand: Verb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list",
            abstract: "List who is frozen, since the longest first.",
            discussion: """
                Examples:
                  latchkeyctl freeze list
                """
        )
    }

    @OptionGroup var global: GlobalOptions

    private static let columns = [
        Table.Column(title: "LOGIN", limit: 30), Table.Column(title: "SINCE", limit: 19),
    ]

    func perform(_ session: AdminSession) async throws -> ExitStatus {
        _ = try await session.show(ListDocument<FrozenDocument>.self, Routes.Admin.freezes) { list in
            guard !list.items.isEmpty else { return "Nobody is frozen." }
            let rows = list.items.map { [$0.login, LocalTime.text($0.since)] }
            let table = Table(Self.columns, sample: rows)
            return ([table.head] + rows.map(table.row)).joined(separator: "\n")
        }
        return .done
    }
}
