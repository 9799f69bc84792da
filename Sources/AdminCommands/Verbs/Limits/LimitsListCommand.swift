import ArgumentParser
import LocalAPI

struct LimitsListCommand: Verb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list",
            abstract: "List what is counted against somebody now, and until when it stops them.",
            discussion: """
                Examples:
                  latchkeyctl limits list alice
                """
        )
    }

    @OptionGroup var global: GlobalOptions

    @Argument(help: "The login of a living person.")
    var login: String

    private static let columns = [
        Table.Column(title: "WHAT", limit: 14), Table.Column(title: "COUNT", limit: 12),
        Table.Column(title: "STOPPED UNTIL", limit: 19), Table.Column(title: "METHOD", limit: 32),
    ]

    func perform(_ session: AdminSession) async throws -> ExitStatus {
        let path = Routes.fill(Routes.Admin.userLimits, login)
        _ = try await session.show(ListDocument<CountedLimitDocument>.self, path) { list in
            guard !list.items.isEmpty else { return "Nothing is counted." }
            let rows = list.items.map { item in
                [
                    item.what, "\(item.count) of \(item.limit)", item.until.map(LocalTime.text) ?? "",
                    item.methodId ?? "",
                ]
            }
            let table = Table(Self.columns, sample: rows)
            return ([table.head] + rows.map(table.row)).joined(separator: "\n")
        }
        return .done
    }
}
