import ArgumentParser
import LocalAPI

struct ApprovalsListCommand: Verb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list",
            abstract: "List the requests that wait, and those that are approved and not used yet.",
            discussion: """
                Examples:
                  latchkeyctl approvals list
                """
        )
    }

    @OptionGroup var global: GlobalOptions

    private static let columns = [
        Table.Column(title: "ID", limit: 8), Table.Column(title: "STATE", limit: 8),
        Table.Column(title: "BY UID", limit: 10), Table.Column(title: "ACTION", limit: 20),
        Table.Column(title: "LOGIN", limit: 14),
    ]

    func perform(_ session: AdminSession) async throws -> ExitStatus {
        _ = try await session.show(ListDocument<ApprovalDocument>.self, Routes.Admin.approvals) { list in
            guard !list.items.isEmpty else { return "Nothing waits for you." }
            let rows = list.items.map { [$0.id, $0.state, String($0.requester), $0.action, $0.login] }
            let table = Table(Self.columns, sample: rows)
            var lines = [table.head]
            for (row, item) in zip(rows, list.items) {
                lines.append(table.row(row))
                lines += Facts.wrap(VisibleText.of(item.reason), width: Table.width - 4).map { "    " + $0 }
            }
            return lines.joined(separator: "\n")
        }
        return .done
    }
}
