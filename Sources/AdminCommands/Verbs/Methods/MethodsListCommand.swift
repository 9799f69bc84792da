import ArgumentParser
import LocalAPI

struct MethodsListCommand: Verb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list",
            abstract: "List a person's methods, masked.",
            discussion: """
                With --reveal addresses and numbers are shown. That needs the capability `reveal` and a reason, \
                and stands in the audit. Nobody can read codes, seeds and answers.

                Examples:
                  latchkeyctl methods list alice
                  latchkeyctl methods list alice --reveal --reason "ticket 4711: which number?"
                  latchkeyctl --json methods list alice
                """
        )
    }

    @OptionGroup var global: GlobalOptions
    @OptionGroup var why: ReasonOption

    @Flag(help: "Show addresses and numbers.")
    var reveal = false

    @Argument(help: "The login of a living person.")
    var login: String

    func validate() throws {
        if why.reason != nil, !reveal { throw ValidationError("--reason goes with --reveal.") }
    }

    func perform(_ session: AdminSession) async throws -> ExitStatus {
        guard reveal else {
            let path = Routes.fill(Routes.Admin.userMethods, login)
            _ = try await session.show(ListDocument<MethodDocument>.self, path, as: Self.text)
            return .done
        }
        return try await session.act(
            ListDocument<MethodDocument>.self,
            Routes.fill(Routes.Admin.userReveals, login),
            body: ReasonRequest(reason: try why.text(session.console)),
            as: Self.revealedText
        )
    }

    private static func text(_ list: ListDocument<MethodDocument>) -> String {
        guard !list.items.isEmpty else { return "Nothing is registered." }
        let rows = list.items.map { method in
            let mark = method.isDefault ? "default" : ""
            return [method.kind, method.hint, method.state, LocalTime.text(method.addedAt), mark, method.label]
        }
        let columns = [("KIND", 14), ("HINT", 10), ("STATE", 10), ("ADDED", 19), ("", 7), ("LABEL", 10)]
        let table = Table(columns.map { Table.Column(title: $0.0, limit: $0.1) }, sample: rows)
        // Ids are long, and needed whole for `methods remove`.
        let ids = list.items.map { "  \(VisibleText.of($0.kind)): \(VisibleText.of($0.id))" }
        return ([table.head] + rows.map(table.row) + ["", "Ids:"] + ids).joined(separator: "\n")
    }

    /// Values are shown whole: that is what they were asked for.
    private static func revealedText(_ list: ListDocument<MethodDocument>) -> String {
        guard !list.items.isEmpty else { return "Nothing is registered." }
        var facts = Facts()
        for method in list.items { facts.add(method.kind, "\(method.value ?? "-") (\(method.state))") }
        return facts.text
    }
}
