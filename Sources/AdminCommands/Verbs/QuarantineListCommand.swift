import ArgumentParser
import LocalAPI

struct QuarantineListCommand: Verb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list",
            abstract: "List the batches of removals that wait.",
            discussion: """
                Examples:
                  latchkeyctl quarantine list
                  latchkeyctl --json quarantine list
                """
        )
    }

    @OptionGroup var global: GlobalOptions

    private static let columns = [
        Table.Column(title: "BATCH", limit: 8), Table.Column(title: "REMOVALS", limit: 9),
        Table.Column(title: "WHY", limit: 59),
    ]

    func perform(_ session: AdminSession) async throws -> ExitStatus {
        _ = try await session.show(ListDocument<HeldBatchDocument>.self, Routes.Admin.quarantine) { list in
            guard !list.items.isEmpty else { return "No removals are held." }
            let rows = list.items.map { [String($0.id), String($0.removals), $0.reason] }
            let table = Table(Self.columns, sample: rows)
            return ([table.head] + rows.map(table.row)).joined(separator: "\n")
        }
        return .done
    }
}
