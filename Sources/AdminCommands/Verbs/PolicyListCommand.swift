import ArgumentParser
import LocalAPI

struct PolicyListCommand: Verb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list",
            abstract: "List the policies in force, with how many people each matches.",
            discussion: """
                The first policy that has one of a person's roles holds.

                Examples:
                  latchkeyctl policy list
                  latchkeyctl --json policy list
                """
        )
    }

    @OptionGroup var global: GlobalOptions

    private static let columns = [
        Table.Column(title: "POLICY", limit: 16), Table.Column(title: "ROLES", limit: 24),
        Table.Column(title: "REGISTER", limit: 12), Table.Column(title: "GATES", limit: 16),
        Table.Column(title: "PEOPLE", limit: 9),
    ]

    func perform(_ session: AdminSession) async throws -> ExitStatus {
        _ = try await session.show(PolicyListDocument.self, Routes.Admin.policies, as: Self.text)
        return .done
    }

    private static func text(_ list: PolicyListDocument) -> String {
        let rows = list.items.map { policy in
            [
                policy.name, policy.roles?.joined(separator: ", ") ?? "everybody",
                "\(policy.register.minimum), \(policy.register.strong) strong",
                "\(policy.gates.reset) / \(policy.gates.unlock) unlock", String(policy.people),
            ]
        }
        let table = Table(columns, sample: rows)
        let rest = list.unmatched > 0 ? ["\(list.unmatched) people are under no policy and are offered nothing."] : []
        return ([table.head] + rows.map(table.row) + rest).joined(separator: "\n")
    }
}
