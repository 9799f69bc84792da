import ArgumentParser
import LocalAPI

struct MethodsCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "methods",
            abstract: "Look at what a person has registered.",
            subcommands: [MethodsListCommand.self]
        )
    }

    @OptionGroup var global: GlobalOptions
}

struct MethodsListCommand: Verb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list",
            abstract: "List a person's methods, masked.",
            discussion: """
                Examples:
                  latchkeyctl methods list alice
                  latchkeyctl --json methods list alice
                """
        )
    }

    @OptionGroup var global: GlobalOptions

    @Argument(help: "The login of a living person.")
    var login: String

    func perform(_ session: AdminSession) async throws -> ExitStatus {
        let path = Routes.fill(Routes.Admin.userMethods, login)
        _ = try await session.show(ListDocument<MethodDocument>.self, path, as: Self.text)
        return .done
    }

    private static func text(_ list: ListDocument<MethodDocument>) -> String {
        guard !list.items.isEmpty else { return "Nothing is registered." }
        let rows = list.items.map { method in
            let mark = method.isDefault ? "default" : ""
            return [method.kind, method.hint, method.state, LocalTime.text(method.addedAt), mark, method.label]
        }
        let columns = [("KIND", 14), ("HINT", 10), ("STATE", 10), ("ADDED", 19), ("", 7), ("LABEL", 10)]
        let table = Table(columns.map { Table.Column(title: $0.0, limit: $0.1) }, sample: rows)
        return ([table.head] + rows.map(table.row)).joined(separator: "\n")
    }
}
